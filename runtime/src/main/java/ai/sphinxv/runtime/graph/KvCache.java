package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of one sequence, for all layers: [1, key heads, max tokens, head width] each. The same tensor is a
 * layer's past and its present, so a step writes one column instead of copying the sequence. Owns its memory, which lies
 * outside the heap and goes when it is closed.
 */
final class KvCache implements AutoCloseable {
    private final Arena arena = Arena.ofShared(); // answers on different threads use it one after the other
    private final Language language;
    private final List<FloatBuffer> layers = new ArrayList<>(); // keys and values in turn
    private final Map<String, OnnxTensor> past = new HashMap<>();
    private final Map<String, OnnxTensor> present = new HashMap<>();

    KvCache(Language language) {
        this.language = language;
        try {
            for (int layer = 0; layer < language.layers(); layer++) {
                add(Subgraph.pastKey(layer), Subgraph.presentKey(layer));
                add(Subgraph.pastValue(layer), Subgraph.presentValue(layer));
            }
        } catch (OrtException | OutOfMemoryError e) {
            close();
            throw new GraphException(
                    "no memory for keys and values of %d tokens: %s".formatted(language.maxTokens(), e.getMessage()),
                    e);
        }
    }

    /** Every layer's input tensors, by port. */
    Map<String, OnnxTensor> past() {
        return past;
    }

    /** Every layer's output tensors, by port. */
    Map<String, OnnxTensor> present() {
        return present;
    }

    /** A copy of the first tokens' keys and values. */
    KvPrefix first(int tokens) {
        int row = tokens * language.headWidth();
        var copies = layers.stream()
                .map(layer -> {
                    float[] copy = new float[language.kvHeads() * row];
                    for (int head = 0; head < language.kvHeads(); head++) {
                        layer.get(head * ofHead(), copy, head * row, row);
                    }
                    return copy;
                })
                .toList();
        return new KvPrefix(tokens, copies);
    }

    /** Puts them in the place of the first tokens'. */
    void begin(KvPrefix prefix) {
        int row = prefix.tokens() * language.headWidth();
        for (int i = 0; i < layers.size(); i++) {
            float[] values = prefix.layers().get(i);
            for (int head = 0; head < language.kvHeads(); head++) {
                layers.get(i).put(head * ofHead(), values, head * row, row);
            }
        }
    }

    private int ofHead() {
        return language.maxTokens() * language.headWidth();
    }

    @Override
    public void close() {
        past.values().forEach(OnnxTensor::close);
        arena.close();
    }

    private void add(String pastPort, String presentPort) throws OrtException {
        long[] shape = {1, language.kvHeads(), language.maxTokens(), language.headWidth()};
        var floats = NativeBuffers.floats(arena, shape[1] * shape[2] * shape[3]);
        var tensor = OnnxTensor.createTensor(QuietEnvironment.get(), floats, shape);
        layers.add(floats);
        past.put(pastPort, tensor);
        present.put(presentPort, tensor);
    }
}
