/** How slowly a client may send. Knows bytes and HTTP's messages; knows nothing of what is asked in them. */
@NullMarked
package ai.sphinxv.functions.pace;

import org.jspecify.annotations.NullMarked;
