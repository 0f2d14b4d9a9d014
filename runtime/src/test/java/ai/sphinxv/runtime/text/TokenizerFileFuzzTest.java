package ai.sphinxv.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.fuzz.Fresh;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a tokenizer that works, or are refused as a bundle's fault. */
class TokenizerFileFuzzTest {
    private static final long MOST_BYTES = 16L << 20;

    @TempDir
    static Path folder;

    static Stream<byte[]> files() throws IOException {
        Path other = Files.createTempDirectory("tokenizer");
        byte[] file = Files.readAllBytes(new TokenizerJson(true, List.of("▁", "a", "b"), List.of("a b")).write(other));
        Files.delete(other.resolve("tokenizer.json"));
        Files.delete(other);
        return Stream.of(file);
    }

    @MethodSource("files")
    @FuzzTest
    void anyFileIsATokenizerOrRefused(byte[] json) throws IOException {
        Path file = Fresh.file(folder, "tokenizer.json", json);
        Bounds.within(MOST_BYTES, () -> requireTokenizerOrRefused(file));
    }

    private static void requireTokenizerOrRefused(Path file) {
        Tokenizer tokenizer;
        try {
            tokenizer = Tokenizer.read(file);
        } catch (BundleException e) {
            assertThat(e.getMessage()).startsWith(file.toString());
            return;
        }
        for (int id : tokenizer.encode("ab é <s>𝄞")) {
            assertThat(id).isBetween(0, tokenizer.size() - 1);
            tokenizer.decode(id);
        }
    }
}
