package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class RegionOcrTest {
    @Test
    void paperModeLeavesOutItemsAtWhichTheScriptEndsAndStrictModeDoesNot() {
        JsonNode result = RegionOcr.score(FieldTest.of("{'items': ["
                + "{'answer': 'Region 1: stop\\n', 'annotation': 'Region 1: STOP'},"
                + "{'answer': 'Region 1: exit', 'annotation': 'Region 1: EXIT\\nRegion 2: GO'}]}"));

        assertThat(result.at("/report/paper/accuracy/value").doubleValue()).isEqualTo(1);
        assertThat(result.at("/report/paper/accuracy/n").intValue()).isEqualTo(1);
        assertThat(result.at("/report/strict/accuracy/value").doubleValue()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(result.at("/report/strict/accuracy/n").intValue()).isEqualTo(3);
    }

    @Test
    void spacesAroundCountInAccuracyOnly() {
        JsonNode result = RegionOcr.score(
                FieldTest.of("{'items': [{'answer': 'Region 1: GO \\n', 'annotation': 'Region 1: GO'}]}"));

        assertThat(result.at("/report/strict/accuracy/value").doubleValue()).isZero();
        assertThat(result.at("/report/strict/accuracyTrimmed/value").doubleValue())
                .isEqualTo(1);
    }

    @Test
    void nearnessIsOneLessTheShareOfEdits() {
        assertThat(RegionOcr.nearness("kitten", "sitting")).isCloseTo(1 - 3 / 7.0, within(1e-12));
        assertThat(RegionOcr.nearness("", "ab")).isZero();
        assertThat(RegionOcr.nearness("", "")).isEqualTo(1);
    }
}
