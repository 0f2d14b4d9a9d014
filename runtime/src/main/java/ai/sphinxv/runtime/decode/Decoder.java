package ai.sphinxv.runtime.decode;

/** A language model in the middle of one sequence. For one thread. */
public interface Decoder {

    /**
     * Reads a stretch of the sequence: its beginning, or what comes next.
     *
     * @param embeds [S*H]
     * @return [V] logits of the token after it; the array is used again by the next call
     */
    float[] prefill(float[] embeds);

    /**
     * Reads one token more.
     *
     * @param embed [H]
     * @return [V] logits of the token after it; the array is used again by the next call
     */
    float[] step(float[] embed);
}
