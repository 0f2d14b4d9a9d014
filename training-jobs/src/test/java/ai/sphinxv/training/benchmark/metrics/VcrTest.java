package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class VcrTest {
    @Test
    void bothHaveToBeRightForTheSameItem() {
        JsonNode result = score("[[1, 0], [0, 1]]", "[[0, 1], [1, 0]]");

        assertThat(result.at("/Q_A").doubleValue()).isEqualTo(0.5);
        assertThat(result.at("/QA_R").doubleValue()).isEqualTo(0.5);
        assertThat(result.at("/Q_AR").doubleValue()).isZero();
    }

    @Test
    void ofEqualScoresTheFirstIsTaken() {
        JsonNode result = score("[[1, 1], [0, 1]]", "[[1, 0], [1, 0]]");

        assertThat(result.at("/Q_A").doubleValue()).isEqualTo(0.5);
        assertThat(result.at("/tiesInAnswerArgmax").intValue()).isEqualTo(1);
    }

    @Test
    void anAnswerThatCouldNotBeReadIsAMissInStrictMode() {
        JsonNode result = score("[[1, 0], null]", "[[1, 0], [1, 0]]");

        assertThat(result.at("/report/paper/Q_AR/value").doubleValue()).isEqualTo(1);
        assertThat(result.at("/report/strict/Q_AR/value").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void aLabelThatIsNoChoiceIsRefused() {
        var input = FieldTest.of("{'answer_label': [4], 'rationale_label': [0], 'answer_scores': [[1, 0]],"
                + " 'rationale_scores_givenGoldAnswer': [[1, 0]]}");

        assertThatThrownBy(() -> Vcr.score(input))
                .hasMessage("X.json: answer_label[0]: one of the 2 choices, from 0, is needed, this is 4");
    }

    private static JsonNode score(String answers, String rationales) {
        return Vcr.score(FieldTest.of("{'answer_label': [0, 0], 'rationale_label': [0, 0], 'answer_scores': " + answers
                + ", 'rationale_scores_givenGoldAnswer': " + rationales + "}"));
    }
}
