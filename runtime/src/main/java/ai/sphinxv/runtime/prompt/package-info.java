/**
 * Marks: what a person drew, and its place in the model's fixed slots. Knows geometry; knows nothing of pixels' colours,
 * text or ONNX Runtime.
 */
@NullMarked
package ai.sphinxv.runtime.prompt;

import org.jspecify.annotations.NullMarked;
