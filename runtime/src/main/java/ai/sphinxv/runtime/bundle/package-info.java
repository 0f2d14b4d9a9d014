/**
 * The exported model on disk: what it is ({@link ai.sphinxv.runtime.bundle.ModelConfig}), which files it has, and their
 * checksums. Knows files and numbers; knows nothing of ONNX Runtime, images or text.
 */
@NullMarked
package ai.sphinxv.runtime.bundle;

import org.jspecify.annotations.NullMarked;
