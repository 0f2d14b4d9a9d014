/**
 * Pixels: from an uploaded file to the model's input, and the frame in which marks are measured. Knows pictures and the
 * padded square; knows nothing of marks, text or ONNX Runtime.
 */
@NullMarked
package ai.sphinxv.runtime.image;

import org.jspecify.annotations.NullMarked;
