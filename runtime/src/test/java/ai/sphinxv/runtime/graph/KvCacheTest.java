package ai.sphinxv.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KvCacheTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /** Keys and values of the released model's 4096 tokens are 6.7 GB: an answer of 1,500 must not take them all. */
    @Test
    void tokensThatWereNotReadTakeNoMemory() throws IOException {
        assumeTrue(Files.exists(STATUS), "this system does not tell what memory a process takes");
        var language = ModelConfig.named("published").language();
        long before = resident();
        try (var cache = new KvCache(Provider.CPU, OnnxJavaType.FLOAT, language, 1)) {
            assertThat(resident() - before).isLessThan(500_000);
            assertThat(cache.first(0, 3).layers())
                    .hasSize(80)
                    .allSatisfy(layer -> assertThat(layer).containsOnly((byte) 0));
        }
    }

    /** Kilobytes. */
    private static long resident() throws IOException {
        var found = RESIDENT.matcher(Files.readString(STATUS));
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }
}
