package ai.sphinxv.runtime.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.decode.Decoder;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The language model in the middle of one answer. Every tensor of a step exists before it: a step writes the embedding
 * and two numbers in place, runs, and reads the logits. For one thread; closing it gives the cache back.
 */
public final class LlmDecoder implements Decoder, AutoCloseable {
    private final Session session;
    private final Language language;
    private final KvCache cache;
    private final Consumer<KvCache> release;

    private final Arena arena = Arena.ofShared(); // an answer may be closed on another thread
    private final FloatBuffer embed; // [1,1,H]
    private final IntBuffer lastPosition; // [1] length less one
    private final IntBuffer totalLength; // scalar
    private final FloatBuffer logits; // [1,1,V]
    private final float[] result; // [V]
    private final List<OnnxTensor> own = new ArrayList<>(); // all but the cache's
    private final OnnxTensor embedTensor;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private int length;
    private boolean closed;

    LlmDecoder(Session session, Language language, KvCache cache, Consumer<KvCache> release) {
        this.session = session;
        this.language = language;
        this.cache = cache;
        this.release = release;
        embed = NativeBuffers.floats(arena, language.width());
        lastPosition = NativeBuffers.integer(arena);
        totalLength = NativeBuffers.integer(arena);
        logits = NativeBuffers.floats(arena, language.vocabulary());
        result = new float[language.vocabulary()];
        inputs = new HashMap<>(cache.past());
        outputs = new HashMap<>(cache.present());
        var environment = QuietEnvironment.get();
        try {
            embedTensor = own(OnnxTensor.createTensor(environment, embed, new long[] {1, 1, language.width()}));
            inputs.put(Subgraph.SEQLENS_K, own(OnnxTensor.createTensor(environment, lastPosition, new long[] {1})));
            inputs.put(
                    Subgraph.TOTAL_SEQUENCE_LENGTH,
                    own(OnnxTensor.createTensor(environment, totalLength, new long[] {})));
            long[] shape = {1, 1, language.vocabulary()};
            outputs.put(Subgraph.LOGITS, own(OnnxTensor.createTensor(environment, logits, shape)));
        } catch (OrtException e) {
            free();
            throw new GraphException("llm_decoder.onnx gets no tensors: " + e.getMessage(), e);
        }
    }

    /** Begins the sequence with tokens that another one of this model has read. */
    public void begin(KvPrefix prefix) {
        requireOpen();
        if (length > 0) {
            throw new IllegalStateException("this sequence has begun: it has %d tokens".formatted(length));
        }
        cache.begin(prefix);
        length = prefix.tokens();
    }

    /** What this sequence has of its first tokens, for others that begin with them. */
    public KvPrefix prefix(int tokens) {
        requireOpen();
        Objects.checkIndex(tokens - 1, length);
        return cache.first(tokens);
    }

    @Override
    public float[] prefill(float[] embeds) {
        int tokens = embeds.length / language.width();
        long[] shape = {1, tokens, language.width()};
        try (var prompt = Arena.ofConfined();
                var tensor = OnnxTensor.createTensor(
                        QuietEnvironment.get(),
                        NativeBuffers.floats(prompt, embeds.length).put(0, embeds),
                        shape)) {
            return advance(tensor, tokens);
        } catch (OrtException e) {
            throw new GraphException("llm_decoder.onnx takes no prompt: " + e.getMessage(), e);
        }
    }

    @Override
    public float[] step(float[] token) {
        embed.put(0, token);
        return advance(embedTensor, 1);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        free();
        release.accept(cache);
    }

    private OnnxTensor own(OnnxTensor tensor) {
        own.add(tensor);
        return tensor;
    }

    private void free() {
        own.forEach(OnnxTensor::close);
        arena.close();
    }

    private float[] advance(OnnxTensor embeds, int tokens) {
        requireOpen();
        if (length + tokens > language.maxTokens()) {
            throw new IllegalStateException("a sequence has at most %d tokens, this one would have %d"
                    .formatted(language.maxTokens(), length + tokens));
        }
        length += tokens;
        lastPosition.put(0, length - 1);
        totalLength.put(0, length);
        inputs.put(Subgraph.INPUTS_EMBEDS, embeds);
        session.run(inputs, outputs);
        logits.get(0, result);
        return result;
    }

    private void requireOpen() {
        if (closed) { // its memory may be another answer's by now
            throw new IllegalStateException("this answer is closed");
        }
    }
}
