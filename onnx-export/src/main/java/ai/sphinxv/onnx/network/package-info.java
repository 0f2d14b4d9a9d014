/**
 * The architecture, once: static functions over {@link ai.sphinxv.onnx.ops.Ops} without state. Weights carry the
 * released checkpoint's names (reference-model 2.3, without the common prefix). Knows the paper; knows no back end.
 *
 * <p>Shapes: {@code B} batch, {@code R} rows of a view, {@code T} tokens, {@code N} slots, {@code D} width of an encoded
 * mark, {@code H} width of the language model.
 */
@NullMarked
package ai.sphinxv.onnx.network;

import org.jspecify.annotations.NullMarked;
