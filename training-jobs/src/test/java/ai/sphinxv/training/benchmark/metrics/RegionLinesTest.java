package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegionLinesTest {
    @Test
    void ofAReadingWhatStandsInBracketsCounts() {
        assertThat(RegionLines.readings("Region 1: text (STOP)\nRegion 2: EXIT\n"))
                .containsExactly("STOP", "EXIT");
        assertThat(RegionLines.readings("Region 1: a (b) (c)\n")).containsExactly("b) (c");
    }

    @Test
    void aLastLineWithoutALineBreakIsLostToReadingsAndNotToNames() {
        assertThat(RegionLines.readings("Region 1: STOP")).isEmpty();
        assertThat(RegionLines.names("Region 1: STOP")).containsExactly("STOP");
    }

    @Test
    void aLastRegionThatSaysNothingVanishesFromNames() {
        assertThat(RegionLines.names("Region 1: x\nRegion 2: \n")).containsExactly("x");
        assertThat(RegionLines.annotated("Region 1: x\nRegion 2: \n")).containsExactly("x", "");
    }
}
