package ai.sphinxv.runtime.decode;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * The loop: logits to token, token to its embedding, embedding to the next logits.
 *
 * @param embedding [H] of a token
 * @param bias adds to the logits [V] what else is known of the next token
 * @param eos the token that ends an answer
 */
public record Generator(
        Decoder decoder, IntFunction<float[]> embedding, Consumer<float[]> bias, Sampler sampler, int eos) {

    /**
     * How a run went.
     *
     * @param tokens that were chosen, the end token included
     * @param stopped whether the answer ended by itself; if not, it reached the limit
     * @param prefill from the start until the first logits
     * @param decode from there to the end
     */
    public record Run(int tokens, boolean stopped, Duration prefill, Duration decode) {}

    /**
     * Generates until the end token, until {@code sink} has enough, or until the limit.
     *
     * @param prompt [S*H]
     * @param sink takes each token but the end token as it comes; false ends the run
     */
    public Run run(float[] prompt, int maxTokens, IntPredicate sink) {
        long start = System.nanoTime();
        float[] logits = decoder.prefill(prompt);
        long prefilled = System.nanoTime();
        for (int tokens = 1; ; tokens++) {
            bias.accept(logits);
            int id = sampler.next(logits);
            boolean stopped = id == eos || !sink.test(id);
            if (stopped || tokens == maxTokens) {
                return new Run(
                        tokens,
                        stopped,
                        Duration.ofNanos(prefilled - start),
                        Duration.ofNanos(System.nanoTime() - prefilled));
            }
            logits = decoder.step(embedding.apply(id));
        }
    }
}
