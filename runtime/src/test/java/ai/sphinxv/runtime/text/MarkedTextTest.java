package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.ModelConfig.Objects;
import ai.sphinxv.runtime.bundle.ModelConfig.Reader;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedTextTest {
    private static final Reader READER = new Reader("Text", 0.5, 8, 0, 0);

    @Test
    void aSingleCharacterNeedsMoreConfidenceThanAWord() {
        var reader = new Reader("Text", 0.7, 20, 0, 0);

        assertThat(MarkedText.of("<Region 1>", "No", 0.8, reader)).isNotNull();
        assertThat(MarkedText.of("<Region 1>", "O", 0.8, reader)).isNull();
        assertThat(MarkedText.of("<Region 1>", "O", 0.98, reader)).isNotNull();
    }

    @Test
    void aSureReadingIsTold() {
        assertThat(MarkedText.of("<Region 2>", "Sign in", 0.5, READER))
                .isEqualTo(new MarkedText("<Region 2>", "Sign in", 0.5));
    }

    @Test
    void anUnsureReadingIsNotTold() {
        assertThat(MarkedText.of("<Region 2>", "Sign in", 0.49, READER)).isNull();
    }

    @Test
    void aReadingWithoutLetterOrDigitIsNotTold() {
        assertThat(MarkedText.of("<Region 1>", "", 1, READER)).isNull();
        assertThat(MarkedText.of("<Region 1>", ".. -|-", 1, READER)).isNull();
        assertThat(MarkedText.of("<Region 1>", "- 7", 1, READER)).isNotNull();
        assertThat(MarkedText.of("<Region 1>", "道", 1, READER)).isNotNull();
    }

    @Test
    void aLineBreakBecomesASpace() {
        assertThat(new MarkedText("<Region 1>", " one\ntwo\r\nthree\u2028four\n").text())
                .isEqualTo("one two three four");
    }

    @Test
    void aTextOfTheLongestLengthStaysWhole() {
        assertThat(MarkedText.of("<Region 1>", "12345678", 1, READER))
                .extracting("text")
                .isEqualTo("12345678");
    }

    @Test
    void aLongerTextIsCutAndEndsWithAnEllipsis() {
        assertThat(MarkedText.of("<Region 1>", "123456789", 1, READER))
                .extracting("text")
                .isEqualTo("1234567…");
    }

    @Test
    void aCharacterOfTwoUnitsIsNotCutApart() {
        assertThat(MarkedText.of("<Region 1>", "𝟙".repeat(9), 1, READER))
                .extracting("text")
                .isEqualTo("𝟙".repeat(7) + "…");
    }

    @Test
    void theLikeliestClassIsNamedIfItIsSureEnough() {
        var objects = new Objects("Thing", 0.4, 0, List.of("cup", "tea", "pot"));
        float[] scores = {-9, 0, -9, /* in the quarters: */ 0.5f, 0, -9}; // 0.31, 0.50 and 0.00 on average

        assertThat(MarkedText.of("<Mark 1>", scores, objects)).isEqualTo(new MarkedText("<Mark 1>", "tea", 0.5));
        assertThat(MarkedText.of("<Mark 1>", scores, new Objects("Thing", 0.6, 0, objects.names())))
                .isNull();
    }

    @Test
    void whereFewAreMarkedAReadingMayBeLonger() {
        assertThat(READER.forMarks(1).longest()).isEqualTo(40);
        assertThat(READER.forMarks(3).longest()).isEqualTo(13);
        assertThat(READER.forMarks(5).longest()).isEqualTo(8);
        assertThat(READER.forMarks(10).longest()).isEqualTo(8);
        assertThat(READER.forMarks(1)).isEqualTo(new Reader("Text", 0.5, 40, 0, 0));
    }
}
