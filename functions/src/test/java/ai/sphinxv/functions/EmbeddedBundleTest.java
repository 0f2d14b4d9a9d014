package ai.sphinxv.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What this repository carries. */
class EmbeddedBundleTest {
    private static final Path CARRIED = Path.of("src/main/resources/nano");
    private static final long LARGEST = 60_000_000;

    @Test
    void theCarriedModelIsSmallWholeAndSaysWhereItComesFrom() {
        assumeTrue(Files.exists(CARRIED.resolve(Manifest.FILE)), "this checkout carries no model");

        var manifest = Bundle.open(CARRIED).manifest(); // checks every file's size and digest

        assertThat(manifest.files().stream()
                        .mapToLong(Manifest.BundleFile::bytes)
                        .sum())
                .isLessThanOrEqualTo(LARGEST);
        assertThat(manifest.provenance().trainedBy()).startsWith("./mvnw -Ptrain");
        assertThat(manifest.provenance().commit()).matches("[0-9a-f]{40}");
        assertThat(manifest.provenance().measured()).containsKey("parity with LibTorch");
    }
}
