package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text comes back as it was, and no text becomes a special token. */
class TokenizerFuzzTest {
    private static final List<String> CHARACTERS = List.of("▁", "a", "b", "<", "/", "s", ">", "é");
    private static final List<String> MERGES = List.of("a b", "ab a", "▁ ab", "< s", "<s >", "< /", "</ s", "</s >");
    private static final int FIRST_BYTE = 3; // before are the special ones
    private static final long MOST_BYTES = 64L << 20;

    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void read() {
        tokenizer = Tokenizer.read(new TokenizerJson(true, CHARACTERS, MERGES).write(folder));
    }

    static Stream<byte[]> texts() {
        return Stream.of("abab aba", " <s>a</s> ▁", "é\u0000\n日本 👩‍👩‍👧").map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("texts")
    @FuzzTest
    void anyTextComesBack(byte[] input) {
        String text = new String(input, UTF_8);

        Bounds.within(MOST_BYTES, () -> {
            assertThat(tokenizer.decode(plain(tokenizer.encode(text)))).isEqualTo(text.replace('▁', ' '));
            plain(tokenizer.encode(halves(input)));
        });
    }

    /** With halves of characters, which a JSON text may have. */
    private static String halves(byte[] input) {
        var text = new StringBuilder();
        ByteBuffer.wrap(input, 0, input.length & ~1).asCharBuffer().chars().forEach(unit -> text.append((char) unit));
        return text.toString();
    }

    private static int[] plain(int[] ids) {
        // not each by itself: a check costs more than a token
        assertThat(Arrays.stream(ids).filter(id -> id < FIRST_BYTE || id >= tokenizer.size()))
                .isEmpty();
        return ids;
    }
}
