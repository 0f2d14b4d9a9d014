package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of several sequences side by side, for all layers: [slots, key heads, max tokens, head width] each. The
 * same tensor is a layer's past and its present, so a step writes one column instead of copying the sequence. Owns its
 * memory, which lies where the decoder runs, is taken there as far as tokens have been read if it is main memory, and goes
 * when it is closed.
 */
final class KvCache implements AutoCloseable {
    private final Provider provider;
    private final Language language;
    private final OnnxJavaType type;
    private final KvMemory memory;
    private final List<MemorySegment> layers = new ArrayList<>(); // keys and values in turn

    /**
     * @param provider on which the decoder runs
     * @param type of its keys' and values' numbers
     */
    KvCache(Provider provider, OnnxJavaType type, Language language, int slots) {
        this.provider = provider;
        this.language = language;
        this.type = type;
        this.memory = KvMemory.of(provider);
        NativeMemory.KEYS_AND_VALUES.take(1);
        try {
            for (int i = 0; i < 2 * language.layers(); i++) {
                layers.add(memory.allocate(slots * ofSlot()));
            }
        } catch (GraphException e) {
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
        var grown = new KvCache(provider, type, language, slots);
        for (int slot = 0; slot < lengths.length; slot++) {
            if (lengths[slot] > 0) {
                for (int i = 0; i < layers.size(); i++) {
                    memory.copy(
                            from(layers.get(i), slot),
                            from(grown.layers.get(i), slot),
                            ofTokens(language.maxTokens()),
                            ofTokens(lengths[slot]),
                            language.kvHeads());
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
            new View(past, present).close();
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
            NativeMemory.TENSOR.giveBack(past.size());
        }
    }

    /** A copy of a sequence's first tokens' keys and values. */
    KvPrefix first(int slot, int tokens) {
        int row = Math.toIntExact(ofTokens(tokens));
        var copies = layers.stream()
                .map(layer -> {
                    byte[] copy = new byte[language.kvHeads() * row];
                    memory.read(from(layer, slot), ofTokens(language.maxTokens()), copy, row);
                    return copy;
                })
                .toList();
        return new KvPrefix(tokens, copies);
    }

    /** Puts them in the place of a sequence's first tokens'. */
    void begin(int slot, KvPrefix prefix) {
        int row = Math.toIntExact(ofTokens(prefix.tokens()));
        for (int i = 0; i < layers.size(); i++) {
            memory.write(prefix.layers().get(i), row, from(layers.get(i), slot), ofTokens(language.maxTokens()));
        }
    }

    @Override
    public void close() {
        memory.close();
        NativeMemory.KEYS_AND_VALUES.giveBack(1);
    }

    private OnnxTensor tensor(MemorySegment layer, int first, int count) throws OrtException {
        var part = layer.asSlice(first * ofSlot(), count * ofSlot());
        OnnxTensor tensor =
                memory.tensor(part, type, count, language.kvHeads(), language.maxTokens(), language.headWidth());
        NativeMemory.TENSOR.take(1);
        return tensor;
    }

    private MemorySegment from(MemorySegment layer, int slot) {
        return layer.asSlice(slot * ofSlot(), ofSlot());
    }

    /** Bytes of one sequence in a layer's keys or values. */
    private long ofSlot() {
        return language.kvHeads() * ofTokens(language.maxTokens());
    }

    /** Bytes of so many tokens of one head. */
    private long ofTokens(int tokens) {
        return (long) tokens * language.headWidth() * type.size;
    }
}
