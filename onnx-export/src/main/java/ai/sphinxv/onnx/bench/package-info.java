/**
 * How fast decoders and whole answers are on this machine, beside what the machine can do at most and beside llama.cpp.
 * Knows every room of this module; nothing knows it.
 */
@NullMarked
package ai.sphinxv.onnx.bench;

import org.jspecify.annotations.NullMarked;
