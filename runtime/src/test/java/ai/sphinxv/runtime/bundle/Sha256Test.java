package ai.sphinxv.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    @TempDir
    Path folder;

    /** Around the sizes of SHA's blocks and of those that are read. */
    @Test
    void theSystemsLibraryAndTheJvmAgree() throws IOException {
        assumeTrue(SystemSha256.FOUND.isPresent(), "there is no OpenSSL 3 here");
        var random = new Random(1);
        for (int size : new int[] {0, 1, 55, 56, 63, 64, 65, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_000_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Path file = Files.write(folder.resolve("file"), bytes);

            String system = SystemSha256.FOUND.get().of(file);

            assertThat(system).as("of %d bytes", size).isEqualTo(Sha256.inJava(file));
            assertThat(system).isEqualTo(Sha256.of(bytes));
        }
    }

    @Test
    void theStandardsExampleHasItsDigest() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "abc");

        assertThat(Sha256.of(file)).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aFileThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> Sha256.of(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }
}
