/**
 * Text generation: the loop from logits to tokens. Knows token ids and logits; knows nothing of pictures, text or ONNX
 * Runtime. In shapes, S is the length of a sequence, H the width and V the vocabulary of the language model.
 */
@NullMarked
package ai.sphinxv.runtime.decode;

import org.jspecify.annotations.NullMarked;
