/** Where the process begins. Knows which Java it needs; knows nothing else. */
@NullMarked
package ai.sphinxv.functions.start;

import org.jspecify.annotations.NullMarked;
