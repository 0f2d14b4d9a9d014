/** The end of work before its time. Knows threads; knows nothing of what they do. */
@NullMarked
package ai.sphinxv.runtime.cancel;

import org.jspecify.annotations.NullMarked;
