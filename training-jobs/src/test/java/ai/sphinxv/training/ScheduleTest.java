package ai.sphinxv.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final Schedule schedule = new Schedule(1000, 2e-3);

    @Test
    void theRateRisesForThreePercentOfTheSteps() {
        assertThat(schedule.rate(0)).isCloseTo(2e-3 / 30, within(1e-9));
        assertThat(schedule.rate(29)).isCloseTo(2e-3, within(1e-9));
    }

    @Test
    void theRateFallsAlongHalfACosineToNothing() {
        assertThat(schedule.rate(515)).isCloseTo(1e-3, within(1e-9));
        assertThat(schedule.rate(999)).isCloseTo(0, within(1e-7));
    }
}
