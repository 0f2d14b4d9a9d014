package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CtcDecoderTest {
    /** Classes: 0 none, 1 a, 2 b, 3 a full-width bracket, 4 space. */
    private static final CtcDecoder DECODER = new CtcDecoder(List.of("a", "b", "（"));

    @Test
    void aRunOfOneCharacterIsReadOnce() {
        assertThat(read(sure(1), sure(1), sure(2), sure(2)).text()).isEqualTo("ab");
    }

    @Test
    void noneBetweenEqualCharactersDoublesThem() {
        assertThat(read(sure(1), sure(0), sure(1)).text()).isEqualTo("aa");
    }

    @Test
    void spacesAreBetweenWordsOnly() {
        assertThat(read(sure(4), sure(1), sure(4), sure(4), sure(2), sure(4)).text())
                .isEqualTo("a b");
    }

    @Test
    void aSpaceThatIsLikelyInTheGapCounts() {
        float[] gap = {0.9f, 0, 0, 0, 0.1f};
        float[] none = {0.97f, 0, 0, 0, 0.03f};

        assertThat(read(sure(1), gap, sure(2)).text()).isEqualTo("a b");
        assertThat(read(sure(1), none, sure(2)).text()).isEqualTo("ab");
        assertThat(read(gap, sure(1), gap).text()).isEqualTo("a");
    }

    @Test
    void confidenceIsTheMeanOfTheCharacters() {
        float[] unsure = {0.2f, 0.1f, 0.6f, 0.1f, 0};

        assertThat(read(sure(1), sure(4), unsure).confidence()).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void theLeastSureCharacterIsKnown() {
        float[] unsure = {0.2f, 0.1f, 0.6f, 0.1f, 0};

        assertThat(read(sure(1), unsure).least()).isCloseTo(0.6, within(1e-6));
    }

    /** All ways by which two steps or three spell a text, summed by hand. */
    @Test
    void aTextIsAsLikelyAsAllWaysToSpellIt() {
        float[] one = {0.5f, 0.3f, 0.1f, 0, 0.1f};
        float[] two = {0.2f, 0.6f, 0.1f, 0, 0.1f};

        assertThat(likelihood("a", one, two)).isCloseTo(0.3 * 0.6 + 0.6 * 0.6 + 0.3 * 0.3, within(1e-5));
        assertThat(likelihood("ab", one, two)).isCloseTo(0.3 * 0.1, within(1e-5));
        assertThat(likelihood("a b", one, two)).isCloseTo(0.3 * 0.1, within(1e-5));
        assertThat(likelihood("", one, two)).isCloseTo(0.6 * 0.3, within(1e-5));
        assertThat(likelihood("aa", one, two)).isZero();
        assertThat(likelihood("aa", one, two, one)).isCloseTo(0.3 * 0.3 * 0.3, within(1e-5));
        assertThat(likelihood("aba", one, two)).isZero();
    }

    @Test
    void aCharacterThatIsNotKnownIsUnlikelyButNotImpossible() {
        assertThat(likelihood("aé", sure(1), sure(1))).isBetween(0.05, 0.2);
    }

    @Test
    void aSpaceOfTheFileIsASpaceToo() {
        var decoder = new CtcDecoder(List.of(" ", "a"));
        float[] line = {0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0};

        assertThat(decoder.decode(line, 0, 3).text()).isEqualTo("a a");
        assertThat(Math.exp(decoder.likelihood("a a", line, 3))).isCloseTo(1, within(1e-4));
    }

    @Test
    void anEmptyLineHasNoConfidence() {
        assertThat(read(sure(0), sure(0))).isEqualTo(new Reading("", 0, 0));
    }

    @Test
    void fullWidthSignsBecomeAscii() {
        assertThat(read(sure(3)).text()).isEqualTo("(");
    }

    @Test
    void aLineMayLieAnywhereInTheArray() {
        float[] two = joined(sure(1), sure(2));

        assertThat(DECODER.decode(two, DECODER.classes(), 1).text()).isEqualTo("b");
    }

    @Test
    void charactersComeFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("characters.txt"), "x\ny\n");

        var decoder = CtcDecoder.read(file);

        assertThat(decoder.classes()).isEqualTo(4);
        assertThat(decoder.decode(new float[] {0, 0, 1, 0}, 0, 1).text()).isEqualTo("y");
    }

    private static double likelihood(String text, float[]... steps) {
        return Math.exp(DECODER.likelihood(text, joined(steps), steps.length));
    }

    private static Reading read(float[]... steps) {
        return DECODER.decode(joined(steps), 0, steps.length);
    }

    private static float[] joined(float[]... steps) {
        float[] all = new float[steps.length * DECODER.classes()];
        for (int step = 0; step < steps.length; step++) {
            System.arraycopy(steps[step], 0, all, step * DECODER.classes(), DECODER.classes());
        }
        return all;
    }

    private static float[] sure(int index) {
        float[] step = new float[DECODER.classes()];
        step[index] = 1;
        return step;
    }
}
