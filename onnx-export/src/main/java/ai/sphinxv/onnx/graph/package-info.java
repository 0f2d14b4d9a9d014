/**
 * The networks as ONNX files: nodes, weights and bytes. The only room that knows protobuf. Knows ONNX; knows no network
 * by name.
 */
@NullMarked
package ai.sphinxv.onnx.graph;

import org.jspecify.annotations.NullMarked;
