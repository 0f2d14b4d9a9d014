package ai.sphinxv.training.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.fuzz.Fresh;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are samples in a shard, or no shard. */
class ShardReaderFuzzTest {
    private static final long MOST_BYTES = 64L << 20;

    @TempDir
    static Path folder;

    static Stream<byte[]> shards() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (String name : new String[] {"1.png", "1.json", "a/../../2.json"}) {
                byte[] content = name.endsWith("json") ? "{\"id\": 1}".getBytes(UTF_8) : new byte[10];
                var entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return Stream.of(bytes.toByteArray());
    }

    @MethodSource("shards")
    @FuzzTest
    void anyShardIsReadOrRefused(byte[] bytes) throws IOException {
        Path file = Fresh.file(folder, "a.tar", bytes);
        Bounds.within(MOST_BYTES, () -> {
            try {
                ShardReader.read(file, (sample, picture) -> {
                    assertThat(sample).isNotNull();
                    return true;
                });
            } catch (IOException e) {
                assertThat(e.getMessage()).matches("\\P{Cntrl}*");
            }
        });
    }

    @Test
    void aShardThatIsCutOffIsNamed() throws IOException {
        byte[] whole = shards().findFirst().orElseThrow();
        Path file = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(whole, 700));

        assertThatThrownBy(() -> ShardReader.read(file, (sample, picture) -> true))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " is damaged or cut off: ")
                .hasMessageEndingWith(": build it again");
    }
}
