/** From a checkpoint folder to a bundle folder that serves it. Knows every room of this module. */
@NullMarked
package ai.sphinxv.onnx;

import org.jspecify.annotations.NullMarked;
