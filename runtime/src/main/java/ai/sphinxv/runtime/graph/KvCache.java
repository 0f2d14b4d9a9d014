package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of several sequences side by side, for all layers: [slots, key heads, max tokens, head width] each. The
 * same tensor is a layer's past and its present, so a step writes one column instead of copying the sequence. Owns its
 * memory, which lies outside the heap, is taken as far as tokens have been read, and goes when it is closed.
 */
final class KvCache implements AutoCloseable {
    private static final long FLOAT = ValueLayout.JAVA_FLOAT.byteSize();

    private final Arena arena = Arena.ofShared(); // answers on different threads use it one after the other
    private final Language language;
    private final List<MemorySegment> layers = new ArrayList<>(); // keys and values in turn

    KvCache(Language language, int slots) {
        this.language = language;
        try {
            for (int i = 0; i < 2 * language.layers(); i++) {
                layers.add(NativeBuffers.untouched(arena, slots * ofSlot()));
            }
        } catch (OutOfMemoryError e) {
            close();
            throw new GraphException(
                    "no memory for keys and values of %d times %d tokens: %s"
                            .formatted(slots, language.maxTokens(), e.getMessage()),
                    e);
        }
    }

    /**
     * Another one for more sequences, with what is in this one.
     *
     * @param lengths tokens that each slot of this one has read; none where it is below 1
     */
    KvCache grown(int slots, int[] lengths) {
        var grown = new KvCache(language, slots);
        for (int slot = 0; slot < lengths.length; slot++) {
            long bytes = FLOAT * Math.max(0, lengths[slot]) * language.headWidth();
            for (int head = 0; head < language.kvHeads(); head++) {
                long at = at(slot, head);
                for (int i = 0; i < layers.size(); i++) {
                    MemorySegment.copy(layers.get(i), at, grown.layers.get(i), at, bytes);
                }
            }
        }
        return grown;
    }

    /** Every layer's tensors of some neighbouring slots. */
    View view(int first, int count) {
        var past = new HashMap<String, OnnxTensor>();
        var present = new HashMap<String, OnnxTensor>();
        try {
            for (int layer = 0; layer < language.layers(); layer++) {
                OnnxTensor keys = tensor(layers.get(2 * layer), first, count);
                past.put(Subgraph.pastKey(layer), keys);
                present.put(Subgraph.presentKey(layer), keys);
                OnnxTensor values = tensor(layers.get(2 * layer + 1), first, count);
                past.put(Subgraph.pastValue(layer), values);
                present.put(Subgraph.presentValue(layer), values);
            }
        } catch (OrtException e) {
            past.values().forEach(OnnxTensor::close);
            throw new GraphException("keys and values get no tensors: " + e.getMessage(), e);
        }
        return new View(past, present);
    }

    /**
     * @param past every layer's input tensors, by port
     * @param present the same as output tensors, by port
     */
    record View(Map<String, OnnxTensor> past, Map<String, OnnxTensor> present) implements AutoCloseable {
        @Override
        public void close() {
            past.values().forEach(OnnxTensor::close);
        }
    }

    /** A copy of a sequence's first tokens' keys and values. */
    KvPrefix first(int slot, int tokens) {
        int row = tokens * language.headWidth();
        var copies = layers.stream()
                .map(layer -> {
                    float[] copy = new float[language.kvHeads() * row];
                    for (int head = 0; head < language.kvHeads(); head++) {
                        MemorySegment.copy(layer, ValueLayout.JAVA_FLOAT, at(slot, head), copy, head * row, row);
                    }
                    return copy;
                })
                .toList();
        return new KvPrefix(tokens, copies);
    }

    /** Puts them in the place of a sequence's first tokens'. */
    void begin(int slot, KvPrefix prefix) {
        int row = prefix.tokens() * language.headWidth();
        for (int i = 0; i < layers.size(); i++) {
            float[] values = prefix.layers().get(i);
            for (int head = 0; head < language.kvHeads(); head++) {
                MemorySegment.copy(values, head * row, layers.get(i), ValueLayout.JAVA_FLOAT, at(slot, head), row);
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private OnnxTensor tensor(MemorySegment layer, int first, int count) throws OrtException {
        var part = layer.asSlice(first * ofSlot() * FLOAT, count * ofSlot() * FLOAT);
        long[] shape = {count, language.kvHeads(), language.maxTokens(), language.headWidth()};
        return OnnxTensor.createTensor(QuietEnvironment.get(), NativeBuffers.floats(part), shape);
    }

    /** Bytes before a head of a sequence. */
    private long at(int slot, int head) {
        return FLOAT * (slot * ofSlot() + (long) head * language.maxTokens() * language.headWidth());
    }

    /** Numbers of one sequence. */
    private long ofSlot() {
        return (long) language.kvHeads() * language.maxTokens() * language.headWidth();
    }
}
