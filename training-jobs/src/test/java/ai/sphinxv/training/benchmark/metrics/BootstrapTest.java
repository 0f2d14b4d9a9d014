package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    @Test
    void percentilesLieBetweenValuesLinearly() {
        double[] sorted = {0, 10, 20, 30};

        assertThat(Bootstrap.percentile(sorted, 0.5)).isEqualTo(15);
        assertThat(Bootstrap.percentile(sorted, 0.025)).isCloseTo(0.75, within(1e-12));
        assertThat(Bootstrap.percentile(sorted, 1)).isEqualTo(30);
    }

    @Test
    void theIntervalOfAMeanIsAboutTwoStandardErrorsWideOnEitherSide() {
        double[] halves = new double[400];
        for (int i = 0; i < 400; i += 2) {
            halves[i] = 1;
        }

        Estimate estimate = Bootstrap.STANDARD.mean(halves);

        assertThat(estimate.value()).isEqualTo(0.5);
        assertThat(estimate.low()).isCloseTo(0.5 - 1.96 * 0.025, within(0.005));
        assertThat(estimate.high()).isCloseTo(0.5 + 1.96 * 0.025, within(0.005));
        assertThat(Bootstrap.STANDARD.mean(halves)).isEqualTo(estimate);
    }

    /** Images with five regions each, which are right or wrong together more often than not. */
    @Test
    void ofAHundredIntervalsAboutNinetyFiveHoldTheTruth() {
        int samples = 2000;
        int images = 300;
        int regions = 5;
        var random = new Random(46);
        int held = 0;
        for (int sample = 0; sample < samples; sample++) {
            double[] right = new double[images];
            double[] all = new double[images];
            for (int image = 0; image < images; image++) {
                double ease = random.nextDouble(); // 0.5 on average, which is the truth
                for (int region = 0; region < regions; region++) {
                    right[image] += random.nextDouble() < ease ? 1 : 0;
                }
                all[image] = regions;
            }
            Estimate estimate = new Bootstrap(400, sample).ratio(right, all, images * regions);
            held += estimate.low() <= 0.5 && 0.5 <= estimate.high() ? 1 : 0;
        }

        System.out.printf("Intervals: %d of %d hold the truth%n", held, samples);
        assertThat(held / (double) samples).isBetween(0.94, 0.96);
    }

    /** Two systems that are equally good are told apart one time in twenty at most; it is exact, so rather less often. */
    @Test
    void mcNemarSeldomTellsEqualsApart() {
        int samples = 4000;
        var random = new Random(46);
        int told = 0;
        for (int sample = 0; sample < samples; sample++) {
            int first = 0;
            int items = 1000;
            for (int item = 0; item < items; item++) {
                first += random.nextBoolean() ? 1 : 0;
            }
            told += new McNemar(first, items - first).p() < 0.05 ? 1 : 0;
        }

        System.out.printf("McNemar: %d of %d equals were told apart%n", told, samples);
        assertThat(told / (double) samples).isBetween(0.04, 0.06);
    }

    @Test
    void theStandardErrorIsOfTheSampleSpread() {
        assertThat(Bootstrap.standardError(new double[] {1, 3})).isCloseTo(1, within(1e-12));
    }

    @Test
    void mcNemarAsksTheItemsOfWhichOneSystemIsWrong() {
        assertThat(new McNemar(5, 5).p()).isEqualTo(1);
        assertThat(new McNemar(0, 7).p()).isEqualTo(0.015625); // 2 / 2^7
        assertThat(new McNemar(0, 0).p()).isEqualTo(1);
    }
}
