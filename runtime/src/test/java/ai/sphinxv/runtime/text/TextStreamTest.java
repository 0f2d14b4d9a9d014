package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextStreamTest {
    private static final String STOP = "\n###";

    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void read() {
        tokenizer =
                Tokenizer.read(new TokenizerJson(false, List.of("▁", "a", "#"), List.of("a #", "# #")).write(folder));
    }

    @Test
    void textIsGivenAsItComes() {
        assertThat(pieces("a", "b")).containsExactly("a", "b", "");
    }

    @Test
    void anUnfinishedCharacterIsHeldBack() {
        var stream = new TextStream(tokenizer, STOP);
        var pieces = new ArrayList<String>();
        for (byte part : "€".getBytes(UTF_8)) {
            pieces.add(stream.push(byteToken(part)));
        }

        assertThat(pieces).containsExactly("", "", "€");
    }

    @Test
    void aCharacterThatIsNeverFinishedIsReplacedAtTheEnd() {
        var stream = new TextStream(tokenizer, STOP);

        assertThat(stream.push(byteToken((byte) 0xe2))).isEmpty();
        assertThat(stream.finish()).isEqualTo("\ufffd");
    }

    @Test
    void aCharacterThatIsBrokenOffIsReplacedAtOnce() {
        var stream = new TextStream(tokenizer, STOP);

        assertThat(stream.push(byteToken((byte) 0xe2))).isEmpty();
        assertThat(stream.push(byteToken((byte) 'x'))).isEqualTo("\ufffdx");
    }

    @Test
    void whatMayBeginTheStopTextIsHeldBack() {
        assertThat(pieces("a", "\n", "#", "#", "a")).containsExactly("a", "", "", "", "\n##a", "");
    }

    @Test
    void theStopTextIsNotPartOfTheAnswer() {
        var stream = new TextStream(tokenizer, STOP);
        var text = new StringBuilder();
        for (String piece : List.of("a", "\n", "#", "#", "#")) {
            assertThat(stream.stopped()).isFalse();
            text.append(push(stream, piece));
        }

        assertThat(stream.stopped()).isTrue();
        assertThat(text.append(stream.finish())).hasToString("a");
    }

    @Test
    void textBeforeAStopInsideOneTokenIsGiven() {
        var stream = new TextStream(tokenizer, "##");
        int merged = tokenizer.encode("a#")[0];

        assertThat(stream.push(merged)).isEqualTo("a");
        assertThat(push(stream, "#")).isEmpty();
        assertThat(stream.stopped()).isTrue();
    }

    @Test
    void nothingComesAfterTheStopText() {
        var stream = new TextStream(tokenizer, "#");
        push(stream, "#");

        assertThatThrownBy(() -> push(stream, "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the answer has stopped");
    }

    @Test
    void halfAStopTextAtTheEndIsText() {
        assertThat(pieces("a", "\n", "#")).containsExactly("a", "", "", "\n#");
    }

    @Test
    void whiteSpaceAtEitherEndIsLeftOut() {
        assertThat(pieces(" ", "\n", "a", " ", "a", " ", "\n")).containsExactly("", "", "a", "", " a", "", "", "");
    }

    @Test
    void allPiecesTogetherAreTheTextBeforeTheStop() {
        var random = new Random(11);
        String alphabet = "a #\n€𝄞";
        int[] characters = alphabet.codePoints().toArray();
        for (int round = 0; round < 500; round++) {
            var written = new StringBuilder();
            random.ints(1 + random.nextInt(30), 0, characters.length)
                    .forEach(i -> written.appendCodePoint(characters[i]));
            int end = written.indexOf(STOP);
            String expected = (end < 0 ? written.toString() : written.substring(0, end)).strip();

            assertThat(String.join("", pieces(written.toString())))
                    .as(written.toString())
                    .isEqualTo(expected);
        }
    }

    private static List<String> pieces(String... texts) {
        var stream = new TextStream(tokenizer, STOP);
        var pieces = new ArrayList<String>();
        for (String text : texts) {
            for (int id : tokenizer.encode(text)) {
                if (!stream.stopped()) {
                    pieces.add(stream.push(id));
                }
            }
        }
        pieces.add(stream.finish());
        return pieces;
    }

    private static String push(TextStream stream, String piece) {
        int[] ids = tokenizer.encode(piece);
        assertThat(ids).as(piece).hasSize(1);
        return stream.push(ids[0]);
    }

    private static int byteToken(byte value) {
        return 3 + (value & 0xff);
    }
}
