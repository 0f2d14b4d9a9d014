/** The scheduled door: files of questions in, files of answers out, resumable. Knows files and the clock; knows no HTTP. */
@NullMarked
package ai.sphinxv.functions.batch;

import org.jspecify.annotations.NullMarked;
