package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareTest {
    @Test
    void aShareIsPrintedWithWilsonsInterval() {
        assertThat(new Share(81, 100)).hasToString("81.0 % (72.2 to 87.5, n = 100)");
    }

    @Test
    void theIntervalOfNoneAndOfAllStaysWithinBounds() {
        assertThat(new Share(0, 10)).hasToString("0.0 % (0.0 to 27.8, n = 10)");
        assertThat(new Share(0, 53)).hasToString("0.0 % (0.0 to 6.8, n = 53)"); // and not from -0.0
        assertThat(new Share(10, 10)).hasToString("100.0 % (72.2 to 100.0, n = 10)");
    }

    @Test
    void whatWasNotMeasuredSaysSo() {
        assertThat(new Share(0, 0)).hasToString("not measured (n = 0)");
    }
}
