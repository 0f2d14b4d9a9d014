/**
 * Words: the conversation's template, the tokenizer, and text as it streams. Knows ids and characters; knows nothing of
 * pictures or ONNX Runtime.
 */
@NullMarked
package ai.sphinxv.runtime.text;

import org.jspecify.annotations.NullMarked;
