package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.decode.Decoder;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The language model in the middle of one answer. Every tensor of a step exists before it: a step writes the embedding
 * and two numbers in place, runs, and reads the logits. For one thread; close gives the keys and values back.
 */
public final class LlmDecoder implements Decoder, AutoCloseable {
    private final LlmGraph graph;
    private final Session session;
    private final Language language;
    private final KvCache cache;

    private final Arena arena = Arena.ofShared(); // an answer may be closed by another thread than it ran on
    private final FloatBuffer embed; // [1,1,H]
    private final IntBuffer lastPosition; // [1] length of the sequence less one
    private final IntBuffer totalLength; // scalar
    private final FloatBuffer logits; // [1,1,V]
    private final float[] result; // [V]
    private final OnnxTensor embedTensor;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private int length;
}
