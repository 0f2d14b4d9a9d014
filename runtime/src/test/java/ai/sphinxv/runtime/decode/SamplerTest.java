package ai.sphinxv.runtime.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
    /** Probabilities 1/8, 1/2, 1/4, 1/8 at temperature 1. */
    private static final float[] LOGITS = {0, (float) Math.log(4), (float) Math.log(2), 0};

    @Test
    void atTemperatureZeroTheLikeliestIsTaken() {
        assertThat(new Sampler(SamplingOptions.greedy()).next(LOGITS)).isEqualTo(1);
    }

    @Test
    void ofEqualsTheFirstIsTaken() {
        assertThat(new Sampler(SamplingOptions.greedy()).next(new float[] {1, 3, 3}))
                .isEqualTo(1);
    }

    @Test
    void tokensAreDrawnByTheirProbabilities() {
        assertThat(shares(new SamplingOptions(1, 1, 5), LOGITS)).satisfies(shares -> {
            assertThat(shares[0]).isCloseTo(0.125, within(0.01));
            assertThat(shares[1]).isCloseTo(0.5, within(0.01));
            assertThat(shares[2]).isCloseTo(0.25, within(0.01));
            assertThat(shares[3]).isCloseTo(0.125, within(0.01));
        });
    }

    @Test
    void temperatureSharpens() {
        // at 1/2 the odds are squared: 1, 16, 4, 1 of 22
        assertThat(shares(new SamplingOptions(0.5, 1, 5), LOGITS)[1]).isCloseTo(16 / 22.0, within(0.01));
    }

    @Test
    void onlyTheNucleusIsDrawnFrom() {
        var shares = shares(new SamplingOptions(1, 0.6, 5), LOGITS);

        assertThat(shares[1]).isCloseTo(2 / 3.0, within(0.01)); // half lies before the second, which is kept
        assertThat(shares[2]).isCloseTo(1 / 3.0, within(0.01)); // 3/4 lies before the others
        assertThat(shares[0] + shares[3]).isZero();
    }

    @Test
    void aTinyNucleusIsTheLikeliest() {
        assertThat(shares(new SamplingOptions(2, 1e-9, 5), LOGITS)[1]).isEqualTo(1);
    }

    @Test
    void theSameSeedGivesTheSameTokens() {
        var options = new SamplingOptions(1, 0.9, 42);
        var first = new Sampler(options);
        var second = new Sampler(options);

        for (int i = 0; i < 100; i++) {
            assertThat(first.next(LOGITS)).isEqualTo(second.next(LOGITS));
        }
    }

    @Test
    void droppingUnlikelyTokensBeforeTheSortChangesNothing() {
        var random = new Random(3);
        for (double topP : new double[] {0.1, 0.5, 0.75, 0.99, 1}) {
            float[] logits = new float[1000];
            for (int id = 0; id < logits.length; id++) {
                logits[id] = (float) (3 * random.nextGaussian());
            }
            int expected = nucleus(logits, topP);
            var sampler = new Sampler(new SamplingOptions(1, topP, 9));
            long drawn = IntStream.generate(() -> sampler.next(logits))
                    .limit(50_000)
                    .distinct()
                    .count();
            assertThat(drawn).as("top-p " + topP).isLessThanOrEqualTo(expected);
            if (expected < 50) {
                assertThat(drawn).as("top-p " + topP).isEqualTo(expected);
            }
        }
    }

    @Test
    void aLogitThatIsNotANumberIsNamed() {
        assertThatThrownBy(() -> new Sampler(SamplingOptions.greedy()).next(new float[] {1, Float.NaN}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the logit of token 1 is not a number");
    }

    @Test
    void impossibleTokensAreNeverDrawn() {
        float[] logits = {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};

        assertThat(shares(new SamplingOptions(2, 1, 5), logits)[1]).isEqualTo(1);
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new SamplingOptions(-0.1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("temperature must be from 0 to 2, got -0.1");
        assertThatThrownBy(() -> new SamplingOptions(Double.NaN, 1, 0))
                .hasMessage("temperature must be from 0 to 2, got NaN");
        assertThatThrownBy(() -> new SamplingOptions(1, 0, 0))
                .hasMessage("top-p must be above 0 and at most 1, got 0.0");
        assertThatThrownBy(() -> new SamplingOptions(1, 1.5, 0))
                .hasMessage("top-p must be above 0 and at most 1, got 1.5");
    }

    private static double[] shares(SamplingOptions options, float[] logits) {
        int draws = 50_000;
        double[] shares = new double[logits.length];
        var sampler = new Sampler(options);
        for (int i = 0; i < draws; i++) {
            shares[sampler.next(logits)] += 1.0 / draws;
        }
        for (int id = 0; id < shares.length; id++) {
            shares[id] = Math.round(shares[id] * draws) / (double) draws;
        }
        return shares;
    }

    private static int nucleus(float[] logits, double topP) {
        double[] sorted = IntStream.range(0, logits.length)
                .mapToDouble(id -> -Math.exp(logits[id]))
                .sorted()
                .toArray();
        double sum =
                -IntStream.range(0, sorted.length).mapToDouble(i -> sorted[i]).sum();
        double before = 0;
        int size = 0;
        while (size < sorted.length && before <= topP) {
            before -= sorted[size++] / sum;
        }
        return size;
    }
}
