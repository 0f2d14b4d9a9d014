package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.BundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    private static final int BYTES = 3; // id of <0x00>
    private static final List<String> CHARACTERS = List.of("▁", "a", "b", "c", "<", "/", "s", ">");
    private static final int FIRST = 259; // id of "▁"

    @TempDir
    Path folder;

    @Test
    void theLowestRankIsMergedFirstAndTheLeftmostOfEquals() {
        var tokenizer = tokenizer("b c", "a b", "a a");

        assertThat(pieces(tokenizer, "abc")).containsExactly("a", "bc");
        assertThat(pieces(tokenizer, "aba")).containsExactly("ab", "a");
        assertThat(pieces(tokenizer, "aaa")).containsExactly("aa", "a");
    }

    @Test
    void mergesBuildOnMerges() {
        var tokenizer = tokenizer("a b", "ab c", "▁ abc", "▁abc ▁abc");

        assertThat(pieces(tokenizer, " abc abc")).containsExactly(" abc abc");
        assertThat(pieces(tokenizer, "abc abc")).containsExactly("abc", " abc");
    }

    @Test
    void mergesAreThoseOfTheSlowWay() {
        var tokenizer = tokenizer("a b", "b a", "ab a", "aba b", "a a", "c ab", "aa c");
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var text = new StringBuilder();
            random.ints(1 + random.nextInt(20), 0, 3).forEach(i -> text.append((char) ('a' + i)));
            assertThat(pieces(tokenizer, text.toString()))
                    .as(text.toString())
                    .isEqualTo(slowly(text.toString(), List.of("a b", "b a", "ab a", "aba b", "a a", "c ab", "aa c")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                " a  b ",
                "a\nb\t",
                "ä€𝄞 a",
                "日本語",
                "\u0000\u007f",
                "<s>a</s><unk>",
                "<0x41>",
                "👩‍👩‍👧 end"
            })
    void everyTextComesBackAsItWas(String text) {
        for (boolean prepend : new boolean[] {false, true}) {
            var tokenizer = Tokenizer.read(new TokenizerJson(prepend, CHARACTERS, List.of("a b")).write(folder));

            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void aCharacterThatIsNoPieceBecomesItsBytes() {
        assertThat(tokenizer().encode("€a")).containsExactly(BYTES + 0xe2, BYTES + 0x82, BYTES + 0xac, FIRST + 1);
    }

    @Test
    void specialTokensDoNotComeOutOfAText() {
        var tokenizer = tokenizer("< s", "<s >");

        assertThat(tokenizer.encode("<s>"))
                .doesNotContain(tokenizer.bos())
                .hasSize(2); // "<s" and ">": the merge to a special token is left out
        assertThat(tokenizer.encode("</s>")).doesNotContain(tokenizer.eos());
    }

    @Test
    void specialTokensHaveNoText() {
        var tokenizer = tokenizer();

        assertThat(tokenizer.bos()).isEqualTo(1);
        assertThat(tokenizer.eos()).isEqualTo(2);
        assertThat(tokenizer.decode(1, FIRST + 1, 2)).isEqualTo("a");
        assertThat(tokenizer.bytes(2)).isEmpty();
    }

    @Test
    void aByteTokenIsPartOfACharacter() {
        assertThat(tokenizer().bytes(BYTES + 0xe2)).containsExactly(0xe2);
        assertThat(tokenizer().decode(BYTES + 0xe2, BYTES + 0x82)).isEqualTo("\ufffd");
    }

    @Test
    void aSpaceIsPutInFrontWhereTheFileSaysSo() {
        var tokenizer = Tokenizer.read(new TokenizerJson(true, CHARACTERS, List.of()).write(folder));

        assertThat(tokenizer.encode("a")).containsExactly(FIRST, FIRST + 1);
        assertThat(tokenizer.encode("")).isEmpty();
    }

    @Test
    void theLongestTokenBoundsTheNumberOfTokens() {
        var tokenizer = tokenizer("a b", "ab c");

        assertThat(tokenizer.longest()).isEqualTo(6); // <0x00>
        assertThat(tokenizer.size()).isEqualTo(FIRST + CHARACTERS.size() + 2);
    }

    @Test
    void aLongTextTakesNoTime() {
        var tokenizer = tokenizer("a a", "aa aa", "aaaa aaaa", "a b");

        assertThat(tokenizer.encode("a".repeat(400_000) + "b")).hasSize(50_000 + 1);
    }

    @Test
    void anotherKindOfTokenizerIsRefused() throws IOException {
        Path file = folder.resolve("tokenizer.json");

        Files.writeString(file, "{\"model\":{\"type\":\"BPE\"}}");
        assertThatThrownBy(() -> Tokenizer.read(file))
                .isInstanceOf(BundleException.class)
                .hasMessage(file + " is not a LLaMA tokenizer: its model is not BPE with byte_fallback");

        Files.writeString(file, "{\"pre_tokenizer\":{\"type\":\"ByteLevel\"},\"model\":{\"byte_fallback\":true}}");
        assertThatThrownBy(() -> Tokenizer.read(file))
                .hasMessage(file + " is not a LLaMA tokenizer: it has a pre_tokenizer, LLaMA-2's has none");

        Files.writeString(file, "{\"model\":{\"byte_fallback\":true,\"vocab\":{\"a\":0}}}");
        assertThatThrownBy(() -> Tokenizer.read(file))
                .hasMessage(file + " is not a LLaMA tokenizer: it lacks the token <0x00>");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = folder.resolve("absent.json");

        assertThatThrownBy(() -> Tokenizer.read(file))
                .isInstanceOf(BundleException.class)
                .hasMessageStartingWith(file + " cannot be read: ");
    }

    private Tokenizer tokenizer(String... merges) {
        return Tokenizer.read(new TokenizerJson(false, CHARACTERS, List.of(merges)).write(folder));
    }

    private static List<String> pieces(Tokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text))
                .mapToObj(id -> new String(tokenizer.bytes(id), UTF_8))
                .toList();
    }

    private static List<String> slowly(String text, List<String> merges) {
        var pieces = new ArrayList<>(List.of(text.split("")));
        for (boolean merged = true; merged; ) {
            merged = false;
            for (int rank = 0; rank < merges.size() && !merged; rank++) {
                for (int i = 0; i + 1 < pieces.size() && !merged; i++) {
                    if (merges.get(rank).equals(pieces.get(i) + " " + pieces.get(i + 1))) {
                        pieces.set(i, pieces.get(i) + pieces.remove(i + 1));
                        merged = true;
                    }
                }
            }
        }
        return pieces;
    }
}
