/**
 * The graphs of a bundle, one class a .onnx file, and where they run. The only room that knows ONNX Runtime; knows
 * nothing of text, HTTP or how tokens are chosen. In shapes, N is the slots for marks, S the length of a sequence, H the
 * width and V the vocabulary of the language model.
 */
@NullMarked
package ai.sphinxv.runtime.graph;

import org.jspecify.annotations.NullMarked;
