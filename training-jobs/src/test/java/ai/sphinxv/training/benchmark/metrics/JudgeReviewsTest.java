package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class JudgeReviewsTest {
    @Test
    void twoNumbersWithACommaOrASpaceAreRead() {
        assertThat(JudgeScore.parse("8,9\nbecause")).isEqualTo(new JudgeScore(8, 9));
        assertThat(JudgeScore.parse("8.5 7")).isEqualTo(new JudgeScore(8.5, 7));
    }

    @Test
    void bothACommaAndASpaceFailAsPublished() {
        assertThat(JudgeScore.parse("8, 9")).isEqualTo(JudgeScore.FAILED);
    }

    @Test
    void whatOnlyJavaTakesForANumberIsNone() {
        assertThat(JudgeScore.parse("8d 9f")).isEqualTo(JudgeScore.FAILED);
        assertThat(JudgeScore.parse("1_0 9")).isEqualTo(new JudgeScore(10, 9));
    }

    @Test
    void aFailedReviewIsMinusOneInPaperModeAndLeftOutInStrictMode() {
        JsonNode result = JudgeReviews.score(FieldTest.of(
                "[{'category': 'conv', 'tuple': [8, 4]}, {'category': 'conv', 'review': 'I cannot say'}]"));

        assertThat(result.at("/report/paper/all/value").doubleValue()).isEqualTo(100 * 3 / 7.0);
        assertThat(result.at("/report/strict/all/value").doubleValue()).isEqualTo(50);
        assertThat(result.at("/parseFailures").intValue()).isEqualTo(1);
    }

    @Test
    void halvesAreRoundedByTheirExactValue() {
        assertThat(JudgeReviews.round(2.675, 2)).isEqualTo(2.67);
        assertThat(JudgeReviews.round(0.125, 2)).isEqualTo(0.12);
    }
}
