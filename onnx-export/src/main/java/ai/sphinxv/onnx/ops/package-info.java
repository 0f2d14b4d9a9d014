/**
 * The words that the networks are written in, at the height of the paper. Knows tensors' shapes; knows nothing of ONNX,
 * LibTorch or any one network.
 */
@NullMarked
package ai.sphinxv.onnx.ops;

import org.jspecify.annotations.NullMarked;
