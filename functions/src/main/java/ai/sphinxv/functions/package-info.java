/**
 * Serverless doors to one loaded model: its settings, its life in the process, and who may use it now. Knows Quarkus and
 * the runtime's face; knows nothing of what comes through any one door, nor of ONNX Runtime.
 */
@NullMarked
package ai.sphinxv.functions;

import org.jspecify.annotations.NullMarked;
