package ai.sphinxv.runtime.decode;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Chooses tokens by their logits, as the released code does (reference-model 3.3). For one answer, one thread. */
public final class Sampler {
    private final SamplingOptions options;
    private final SplittableRandom random;
    private double[] probabilities = {};
    private long[] ranked = {};

    public Sampler(SamplingOptions options) {
        this.options = options;
        this.random = new SplittableRandom(options.seed());
    }

    /** @param logits [V] */
    public int next(float[] logits) {
        int likeliest = likeliest(logits);
        return options.temperature() == 0 ? likeliest : draw(logits, logits[likeliest]);
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int id = 0; id < logits.length; id++) {
            if (Float.isNaN(logits[id])) {
                throw new IllegalStateException("the logit of token " + id + " is not a number");
            }
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        return best;
    }

    private int draw(float[] logits, float highest) {
        if (probabilities.length != logits.length) {
            probabilities = new double[logits.length];
            ranked = new long[logits.length];
        }
        double sum = 0;
        for (int id = 0; id < logits.length; id++) {
            probabilities[id] = Math.exp((logits[id] - highest) / options.temperature());
            sum += probabilities[id];
        }
        int kept = rank(sum);

        double nucleus = 0; // mass of the likeliest tokens, down to the first before which more than top-p lies
        int size = 0;
        while (size < kept && nucleus <= options.topP()) {
            nucleus += probabilities[id(ranked[kept - 1 - size])] / sum;
            size++;
        }
        double left = random.nextDouble() * nucleus;
        for (int i = 0; i < size; i++) {
            left -= probabilities[id(ranked[kept - 1 - i])] / sum;
            if (left < 0) {
                return id(ranked[kept - 1 - i]);
            }
        }
        return id(ranked[kept - size]); // rounding left a crumb
    }

    /**
     * Sorts the tokens that may be in the nucleus into the beginning of {@link #ranked}, likeliest last; returns how many.
     * A token below (1 - p) / V never is: even if all that are no likelier than it were as likely, they would hold less
     * than 1 - p, so more than p lies before it. That leaves a few hundred of 32,000 to sort.
     */
    private int rank(double sum) {
        double least = (1 - options.topP()) / probabilities.length * sum;
        int kept = 0;
        for (int id = 0; id < probabilities.length; id++) {
            if (probabilities[id] >= least) {
                // positive floats sort as their bits do; of equals the lower id counts as likelier
                ranked[kept++] =
                        (long) Float.floatToRawIntBits((float) probabilities[id]) << 32 | (Integer.MAX_VALUE - id);
            }
        }
        Arrays.sort(ranked, 0, kept);
        return kept;
    }

    private static int id(long ranked) {
        return Integer.MAX_VALUE - (int) ranked;
    }
}
