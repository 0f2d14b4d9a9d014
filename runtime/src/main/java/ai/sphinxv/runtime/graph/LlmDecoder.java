package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.decode.Decoder;
import java.util.Objects;

/**
 * The language model in the middle of one answer. Steps of answers that are written at the same time are taken together.
 * For one thread; closing it gives its place back.
 */
public final class LlmDecoder implements Decoder, AutoCloseable {
    private final Sequences sequences;
    private final Language language;
    private final int slot;
    private final float[] logits; // [V]
    private int length;
    private boolean closed;

    LlmDecoder(Sequences sequences, Language language) {
        this.sequences = sequences;
        this.language = language;
        this.slot = sequences.take();
        this.logits = new float[language.vocabulary()];
    }

    /** Begins the sequence with tokens that another one of this model has read. */
    public void begin(KvPrefix prefix) {
        requireOpen();
        if (length > 0) {
            throw new IllegalStateException("this sequence has begun: it has %d tokens".formatted(length));
        }
        sequences.begin(slot, prefix);
        length = prefix.tokens();
    }

    /** What this sequence has of its first tokens, for others that begin with them. */
    public KvPrefix prefix(int tokens) {
        requireOpen();
        Objects.checkIndex(tokens - 1, length);
        return sequences.first(slot, tokens);
    }

    @Override
    public float[] prefill(float[] embeds) {
        int tokens = embeds.length / language.width();
        requireRoom(tokens);
        sequences.prefill(slot, embeds, tokens, logits);
        length += tokens;
        return logits;
    }

    @Override
    public float[] step(float[] token) {
        requireRoom(1);
        sequences.step(slot, token, logits);
        length++;
        return logits;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sequences.giveBack(slot);
        }
    }

    private void requireRoom(int tokens) {
        requireOpen();
        if (length + tokens > language.maxTokens()) {
            throw new IllegalStateException("a sequence has at most %d tokens, this one would have %d"
                    .formatted(language.maxTokens(), length + tokens));
        }
    }

    private void requireOpen() {
        if (closed) { // its place may be another answer's by now
            throw new IllegalStateException("this answer is closed");
        }
    }
}
