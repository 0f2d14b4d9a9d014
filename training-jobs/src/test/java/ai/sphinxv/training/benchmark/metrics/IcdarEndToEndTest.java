package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class IcdarEndToEndTest {
    private static final String HERE = "'points': [[0, 0], [9, 0], [9, 9], [0, 9]]";
    private static final String THERE = "'points': [[50, 0], [59, 0], [59, 9], [50, 9]]";

    @Test
    void aWrongReadingKeepsItsWordFromTheNextDetection() {
        JsonNode result = score("{%1$s, 'text': 'EXIT'}", "{%1$s, 'text': 'no'}, {%1$s, 'text': 'exit'}");

        assertThat(result.at("/endToEnd/method/recall").doubleValue()).isZero();
        assertThat(result.at("/endToEnd/method/precision").doubleValue()).isZero();
    }

    @Test
    void whatLiesOnSomethingNotCaredForDoesNotCount() {
        JsonNode result =
                score("{%1$s, 'text': '###'}, {%2$s, 'text': 'EXIT'}", "{%1$s, 'text': 'x'}, {%2$s, 'text': 'exit'}");

        assertThat(result.at("/endToEnd/method/precision").doubleValue()).isEqualTo(1);
        assertThat(result.at("/endToEnd/method/hmean").doubleValue()).isEqualTo(1);
    }

    @Test
    void spottingCaresForWordsOfADictionaryOnly() {
        assertThat(WordMatch.dictionaryForm("bus's")).isEqualTo("bus");
        assertThat(WordMatch.dictionaryForm("-end-")).isEqualTo("end");
        assertThat(WordMatch.dictionaryForm("24h")).isEmpty();
        assertThat(WordMatch.dictionaryForm("No")).isEmpty();
        assertThat(WordMatch.dictionaryForm("A.B.C")).isEmpty();
    }

    @Test
    void aWordMayLoseOneSpecialCharacterAtEitherEnd() {
        assertThat(WordMatch.endToEnd("\"HI\"", "HI")).isTrue();
        assertThat(WordMatch.endToEnd("END.", "END")).isTrue();
        assertThat(WordMatch.endToEnd("END", "END.")).isFalse();
        assertThat(WordMatch.endToEnd("END..", "END")).isFalse();
    }

    private static JsonNode score(String truth, String prediction) {
        return IcdarEndToEnd.score(FieldTest.of("{'gt': {'1': [%s]}, 'pred': {'1': [%s]}}"
                .formatted(truth.formatted(HERE, THERE), prediction.formatted(HERE, THERE))));
    }
}
