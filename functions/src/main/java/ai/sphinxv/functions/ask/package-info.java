/**
 * The HTTP door: a question about marks on a picture in, an answer or a problem out, whole or streamed. Its request,
 * reply and problem are those of every other door. Knows JSON and HTTP; knows nothing of how an answer is made.
 */
@NullMarked
package ai.sphinxv.functions.ask;

import org.jspecify.annotations.NullMarked;
