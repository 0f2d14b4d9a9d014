package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of one run of the decoder over neighbouring slots, so many tokens of each: they are there before the run,
 * which can be done again with other numbers. Owns them; the cache owns the keys and values.
 */
final class DecoderRun implements AutoCloseable {
    private final Session session;
    private final Language language;
    private final int count;
    private final int tokens;

    private final KvCache.View view;
    private final Arena arena = Arena.ofShared(); // whichever answer runs next uses it
    private final FloatBuffer embeds; // [count, tokens, H]
    private final IntBuffer lastPositions; // [count] lengths less one
    private final IntBuffer totalLength; // scalar
    private final FloatBuffer logits; // [count, 1, V]
    private final List<OnnxTensor> own = new ArrayList<>();
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    /** Over {@code count} slots of the cache from {@code first} on. */
    DecoderRun(Session session, Language language, KvCache cache, int first, int count, int tokens) {
        this.session = session;
        this.language = language;
        this.count = count;
        this.tokens = tokens;
        view = cache.view(first, count);
        embeds = NativeBuffers.floats(arena, (long) count * tokens * language.width());
        lastPositions = NativeBuffers.integers(arena, count);
        totalLength = NativeBuffers.integers(arena, 1);
        logits = NativeBuffers.floats(arena, (long) count * language.vocabulary());
        inputs = new HashMap<>(view.past());
        outputs = new HashMap<>(view.present());
        var environment = QuietEnvironment.get();
        try {
            long[] shape = {count, tokens, language.width()};
            input(Subgraph.INPUTS_EMBEDS, OnnxTensor.createTensor(environment, embeds, shape));
            input(Subgraph.SEQLENS_K, OnnxTensor.createTensor(environment, lastPositions, new long[] {count}));
            input(Subgraph.TOTAL_SEQUENCE_LENGTH, OnnxTensor.createTensor(environment, totalLength, new long[] {}));
            var said = OnnxTensor.createTensor(environment, logits, new long[] {count, 1, language.vocabulary()});
            own(said);
            outputs.put(Subgraph.LOGITS, said);
        } catch (OrtException e) {
            close();
            throw new GraphException("llm_decoder.onnx gets no tensors: " + e.getMessage(), e);
        }
    }

    /**
     * What one of the slots reads.
     *
     * @param embeds its [tokens * H] are those from {@code from} on
     * @param length of its sequence after this run
     */
    void put(int slot, float[] embeds, int from, int length) {
        int numbers = tokens * language.width();
        this.embeds.put(slot * numbers, embeds, from, numbers);
        lastPositions.put(slot, length - 1);
    }

    /** @param alone whether one waits for it, who may not want it any more, and nobody else */
    void run(boolean alone) {
        int longest = 0;
        for (int i = 0; i < count; i++) {
            longest = Math.max(longest, lastPositions.get(i) + 1);
        }
        totalLength.put(0, longest);
        if (alone) {
            session.runUnlessCancelled(inputs, outputs);
        } else {
            session.run(inputs, outputs);
        }
    }

    /** Copies the logits [V] after a slot's last token. */
    void get(int slot, float[] logits) {
        this.logits.get(slot * language.vocabulary(), logits);
    }

    @Override
    public void close() {
        own.forEach(OnnxTensor::close);
        NativeMemory.TENSOR.giveBack(own.size());
        own.clear();
        view.close();
        arena.close();
    }

    private void input(String port, OnnxTensor tensor) {
        own(tensor);
        inputs.put(port, tensor);
    }

    private void own(OnnxTensor tensor) {
        own.add(tensor);
        NativeMemory.TENSOR.take(1);
    }
}
