package ai.sphinxv.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneRunTest {
    @TempDir
    Path folder;

    @Test
    void aSecondThreadDoesNothingWhileTheFirstIsAtIt() throws IOException {
        boolean first = OneRun.in(folder, () -> {
            boolean second = OneRun.in(folder, () -> {
                throw new AssertionError("two at a time");
            });
            assertThat(second).isFalse();
        });

        assertThat(first).isTrue();
        assertThat(OneRun.in(folder, () -> {})).isTrue();
    }

    @Test
    void aSecondProcessDoesNothingEitherAndAKilledOneLetsGo() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");

            assertThat(OneRun.in(folder, () -> {})).isFalse();
        } finally {
            holder.destroyForcibly().waitFor();
        }

        assertThat(OneRun.in(folder, () -> {})).isTrue();
        assertThat(Files.exists(folder.resolve(".lock"))).isTrue();
    }

    /** Another replica. */
    static final class Holder {
        public static void main(String[] folder) throws IOException {
            OneRun.in(Path.of(folder[0]), () -> {
                System.out.println("held");
                System.in.read(); // until it is killed
            });
        }
    }
}
