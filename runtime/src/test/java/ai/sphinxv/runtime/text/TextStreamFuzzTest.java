package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a model writes, its pieces together are what it wrote, up to the stop text. */
class TextStreamFuzzTest {
    private static final String STOP = "\n###";
    private static final int FIRST_BYTE = 3;
    private static final long MOST_BYTES = 64L << 20;

    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void read() {
        var characters = List.of("▁", "a", "\n", "#");
        tokenizer = Tokenizer.read(new TokenizerJson(false, characters, List.of("# #", "\n #", "▁ a")).write(folder));
    }

    static Stream<byte[]> answers() {
        return Stream.of(" a€ \n##a\n### b", "\n###", "\n##").map(text -> text.getBytes(UTF_8));
    }

    /** Each byte is a token: of that byte, or below 16 one of the other pieces. */
    @MethodSource("answers")
    @FuzzTest
    void thePiecesAreTheAnswer(byte[] input) {
        Bounds.within(MOST_BYTES, () -> requireAnswer(input));
    }

    private static void requireAnswer(byte[] input) {
        var stream = new TextStream(tokenizer, STOP);
        var written = new ByteArrayOutputStream();
        var pieces = new StringBuilder();
        for (int at = 0; at < input.length && !stream.stopped(); at++) {
            int id = id(Byte.toUnsignedInt(input[at]));
            pieces.append(stream.push(id));
            written.writeBytes(tokenizer.bytes(id));
        }
        pieces.append(stream.finish());

        String whole = written.toString(UTF_8);
        int stop = whole.indexOf(STOP);
        assertThat(stream.stopped()).isEqualTo(stop >= 0);
        assertThat(pieces.toString()).isEqualTo((stop < 0 ? whole : whole.substring(0, stop)).strip());
    }

    private static int id(int value) {
        return value < 8 ? tokenizer.size() - 1 - value : FIRST_BYTE + value;
    }
}
