package ai.sphinxv.runtime.bench;

import ai.sphinxv.runtime.decode.Sampler;
import ai.sphinxv.runtime.decode.SamplingOptions;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The next token of LLaMA's 32,000. */
@State(Scope.Benchmark)
public class SamplingBench {
    private static final int VOCABULARY = 32_000;

    private final Sampler greedy = new Sampler(SamplingOptions.greedy());
    private final Sampler nucleus = new Sampler(new SamplingOptions(0.7, 0.9, 1));
    private final float[] logits = new float[VOCABULARY];

    public SamplingBench() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
        }
    }

    @Benchmark
    public int likeliest() {
        return greedy.next(logits);
    }

    /** Temperature 0.7, top-p 0.9. */
    @Benchmark
    public int drawn() {
        return nucleus.next(logits);
    }
}
