package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedMarksTest {
    @TempDir
    static Path folder;

    private static Tokenizer bytes;

    @BeforeAll
    static void oneTokenForEachByte() throws IOException {
        bytes = Tokenizer.read(new TokenizerJson(false, List.of("▁"), List.of()).write(folder));
    }

    @Test
    void fromTheEndOfATagToTheEndOfItsLineTokensAreAboutItsMark() {
        assertThat(about("Is <Region 2> a cup?\nYes", 3)).isEqualTo("............22222222....");
        assertThat(about("<Mark 1>: tea\n<Mark 3>: a", 3)).isEqualTo(".......111111........3333");
        assertThat(about("<Mark 1><Mark 2>: on", 2)).isEqualTo(".......1111111122222");
    }

    @Test
    void ofWhatExpertsToldOnlyTheTagIsAboutItsMark() {
        String told = "<Region 1> tea\n<Region 2> a\n";

        assertThat(about(told + "<Region 2>: a", 2, told.length()))
                .isEqualTo(".........1.....\n.........2...\n.........2222".replace("\n", ""));
    }

    @Test
    void wordsThatExpertsToldCarryAsMuchOfTheMarkAsTheModelHasIt() {
        String told = "<Region 1> tea\n";
        var marks = new NamedMarks(bytes, 1, told.length(), 0.25);

        float[] shares = shares(marks, told + "<Region 1>: a");

        assertThat(Arrays.copyOfRange(shares, 9, told.length())).containsExactly(1, 0.25f, 0.25f, 0.25f, 0.25f, 0);
        assertThat(Arrays.copyOfRange(shares, told.length() + 9, shares.length)).containsExactly(1, 1, 1, 1);
    }

    @Test
    void aTagOfAMarkThatIsNotThereChangesNothing() {
        assertThat(about("<Region 4> <Region 0> <Region 01>", 3)).doesNotContain("1", "2", "3");
        assertThat(about("<Mark 1> <Mark 2>", 1)).isEqualTo(".......1111111111");
    }

    @Test
    void whatOnlyLooksLikeATagIsNone() {
        assertThat(about("<Region> <Region 1 > 1> <region 1> <Regions 1>", 3)).doesNotContain("1");
    }

    @Test
    void aTokenMayGoOnAfterTheTag(@TempDir Path other) {
        var merging = Tokenizer.read(
                new TokenizerJson(false, List.of("▁", "1", ">", ":"), List.of("1 >", "1> :")).write(other));
        var marks = new NamedMarks(merging, 1, 0, 0);

        int[] ids = merging.encode("<Region 1>: a");

        assertThat(ids).hasSizeLessThan("<Region 1>: a".length());
        assertThat(Arrays.stream(ids).mapToObj(marks::next).filter(about -> about.share() == 1))
                .hasSize("1>:".length() - 2 + " a".length());
    }

    /** Of each character, which is a token, the number of the mark that it is about, or a dot. */
    private static String about(String text, int count) {
        return about(text, count, 0);
    }

    private static String about(String text, int count, int told) {
        var marks = new NamedMarks(bytes, count, told, 0);
        int[] ids = bytes.encode(text);
        assertThat(ids).hasSize(text.length());
        return Arrays.stream(ids)
                .mapToObj(marks::next)
                .map(about -> about.share() == 0 ? "." : String.valueOf(about.slot() + 1))
                .collect(Collectors.joining());
    }

    private static float[] shares(NamedMarks marks, String text) {
        int[] ids = bytes.encode(text);
        float[] shares = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            shares[i] = marks.next(ids[i]).share();
        }
        return shares;
    }
}
