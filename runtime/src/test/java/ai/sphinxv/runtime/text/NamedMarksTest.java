package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
    void theTokenThatEndsATagNamesItsMark() {
        assertThat(named("Is <Region 2> a cup?", 3)).containsExactly("12:1");
        assertThat(named("<Mark 1><Mark 10>: tea", 10)).containsExactly("7:0", "16:9");
    }

    @Test
    void aTagOfAMarkThatIsNotThereNamesNothing() {
        assertThat(named("<Region 4> <Region 0> <Region 01>", 3)).isEmpty();
    }

    @Test
    void whatOnlyLooksLikeATagNamesNothing() {
        assertThat(named("<Region> <Region 1 > 1> <region 1> <Regions 1>", 3)).isEmpty();
    }

    @Test
    void aTokenMayGoOnAfterTheTag(@TempDir Path other) {
        var merging = Tokenizer.read(
                new TokenizerJson(false, List.of("▁", "1", ">", ":"), List.of("1 >", "1> :")).write(other));
        var marks = new NamedMarks(merging, 1);

        int[] ids = merging.encode("<Region 1>: a");

        assertThat(Arrays.stream(ids).map(marks::slot)).containsOnlyOnce(0);
    }

    /** "character:slot" of each that names a mark. */
    private static List<String> named(String text, int count) {
        var marks = new NamedMarks(bytes, count);
        int[] ids = bytes.encode(text);
        int before = ids.length - text.length(); // what the tokenizer puts in front
        return IntStream.range(0, ids.length)
                .mapToObj(i -> (i - before) + ":" + marks.slot(ids[i]))
                .filter(named -> !named.endsWith(":" + NamedMarks.NONE))
                .toList();
    }
}
