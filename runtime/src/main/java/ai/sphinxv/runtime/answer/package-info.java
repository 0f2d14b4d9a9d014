/**
 * From an answer's text to what it says of each mark. Knows the answer formats that SPHINX-V was trained on; knows
 * nothing of pictures, tokens or graphs.
 */
@NullMarked
package ai.sphinxv.runtime.answer;

import org.jspecify.annotations.NullMarked;
