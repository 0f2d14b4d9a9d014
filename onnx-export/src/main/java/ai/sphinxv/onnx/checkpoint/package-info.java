/** Trained weights on disk, in and out. Knows file formats, names and shapes; knows no network. */
@NullMarked
package ai.sphinxv.onnx.checkpoint;

import org.jspecify.annotations.NullMarked;
