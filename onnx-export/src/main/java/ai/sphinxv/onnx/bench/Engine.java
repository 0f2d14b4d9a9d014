package ai.sphinxv.onnx.bench;

/** A decoder that reads a prompt and goes on from it. */
interface Engine extends AutoCloseable {
    String name();

    /** Of weights, read for every token. */
    long weightBytes();

    /**
     * Reads a prompt of random tokens and decodes a few more.
     *
     * @return tokens a second of both
     */
    Rates run(int prompt, int tokens);

    @Override
    void close();

    /** Tokens a second. */
    record Rates(double prefill, double decode) {
        static Rates of(int prompt, long prefillNanos, int tokens, long decodeNanos) {
            return new Rates(1e9 * prompt / prefillNanos, 1e9 * tokens / decodeNanos);
        }
    }
}
