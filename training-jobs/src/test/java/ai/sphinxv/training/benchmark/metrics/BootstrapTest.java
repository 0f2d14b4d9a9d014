package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
