/** The function door: the same question and answer as a plain function. Knows Funqy; knows no paths or status codes. */
@NullMarked
package ai.sphinxv.functions.function;

import org.jspecify.annotations.NullMarked;
