/**
 * Who may come in, through which door, and how many at a time. Knows keys, tokens and paths; knows nothing of what is asked
 * inside.
 */
@NullMarked
package ai.sphinxv.functions.access;

import org.jspecify.annotations.NullMarked;
