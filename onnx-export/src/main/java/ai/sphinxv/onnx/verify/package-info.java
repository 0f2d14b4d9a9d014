/** Whether an exported bundle computes what its trained networks compute. Knows bundles and numbers; knows no training. */
@NullMarked
package ai.sphinxv.onnx.verify;

import org.jspecify.annotations.NullMarked;
