package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void tagsAreWrittenAsThePublishedScriptsReadThem() {
        assertThat(Lines.published("<Region 1>: cup\n<Mark 2>:a red cup\nMark 3: x", 3))
                .isEqualTo("Region 1: cup\nRegion 2: a red cup\nRegion 3: x\n");
    }

    @Test
    void whatIsAsPublishedStays() {
        assertThat(Lines.published("Region 1: cup: red\n", 1)).isEqualTo("Region 1: cup: red\n");
    }

    @Test
    void anAnswerWithoutTagsIsAboutTheOnlyMark() {
        assertThat(Lines.published("cup", 1)).isEqualTo("Region 1: cup\n");
        assertThat(Lines.published("cup", 2)).isEqualTo("cup\n");
    }

    @Test
    void aTagWithinALineIsNoHead() {
        assertThat(Lines.published("<Region 1>: left of <Region 2>: it", 2))
                .isEqualTo("Region 1: left of <Region 2>: it\n");
    }
}
