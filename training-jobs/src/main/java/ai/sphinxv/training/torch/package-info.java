/**
 * The networks on LibTorch: tensors, gradients and the optimizer. The only room that knows org.bytedeco; its callers
 * see arrays and numbers.
 */
@NullMarked
package ai.sphinxv.training.torch;

import org.jspecify.annotations.NullMarked;
