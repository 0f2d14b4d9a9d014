package ai.sphinxv.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.Manifest.BundleFile;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedPagesTest {
    private static final int BYTES = 8 << 20;
    private static final Path SMAPS = Path.of("/proc/self/smaps");

    @TempDir
    Path folder;

    @Test
    void pagesOfALargeBundleLeaveMemoryAndCanStillBeRead() throws IOException {
        assumeTrue(Files.isReadable(SMAPS), "only Linux tells which pages are in memory");
        assumeFalse(Files.getFileStore(folder).type().equals("tmpfs"), "a file in memory does not leave it");
        MappedByteBuffer weights = readWeights();
        long before = resident();

        MappedPages.letGo(bundle(2L << 30));

        assertThat(before).isEqualTo(BYTES / 1024);
        assertThat(resident()).isLessThan(BYTES / 1024 / 2);
        assertThat(weights.get(BYTES - 1)).isEqualTo((byte) (BYTES - 1));
    }

    @Test
    void pagesOfASmallBundleStay() throws IOException {
        assumeTrue(Files.isReadable(SMAPS), "only Linux tells which pages are in memory");
        MappedByteBuffer weights = readWeights();

        MappedPages.letGo(bundle(BYTES));

        assertThat(resident()).isEqualTo(BYTES / 1024);
        assertThat(weights.get(1)).isEqualTo((byte) 1);
    }

    private MappedByteBuffer readWeights() throws IOException {
        byte[] numbers = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            numbers[i] = (byte) i;
        }
        Path file = folder.resolve("weights.data");
        Files.write(file, numbers);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.force(true); // what is not on the disk yet cannot leave memory
            var mapped = channel.map(MapMode.READ_ONLY, 0, BYTES);
            mapped.load();
            return mapped;
        }
    }

    /** Kilobytes of this test's file that are in memory. */
    private long resident() throws IOException {
        boolean ours = false;
        for (String line : Files.readAllLines(SMAPS)) {
            if (line.contains(folder.toRealPath().toString())) {
                ours = true;
            } else if (ours && line.startsWith("Rss:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }

    private Bundle bundle(long bytes) {
        var files = List.of(new BundleFile("weights.data", bytes, "0".repeat(64)));
        return new Bundle(
                folder,
                new Manifest(Manifest.FORMAT, ModelConfig.named("nano"), new Provenance("", "", "", Map.of()), files),
                Map.of());
    }
}
