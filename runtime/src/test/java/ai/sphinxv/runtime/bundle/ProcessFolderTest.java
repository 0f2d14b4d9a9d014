package ai.sphinxv.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each folder is made by a second process, whose temporary folder is this test's. */
class ProcessFolderTest {
    @TempDir
    Path temporary;

    @Test
    void whatAKilledProcessLeftIsDeletedByTheNextAndALivingOneKeepsItsOwn() throws Exception {
        Process living = start();
        Path kept = made(living);
        Process killed = start();
        Path left = made(killed);
        try {
            killed.destroyForcibly().waitFor(); // SIGKILL
            assertThat(left.resolve("weights")).exists();

            Process next = start();
            Path own = made(next);

            assertThat(temporary).isDirectoryNotContaining("glob:**/" + left.getFileName());
            assertThat(kept.resolve("weights")).exists();
            assertThat(own.resolve("weights")).exists();
            next.outputWriter().close(); // ends it in order
            assertThat(next.waitFor()).isZero();
            assertThat(own).doesNotExist();
        } finally {
            living.destroyForcibly().waitFor();
        }
    }

    @Test
    void killedStartsDoNotAddUp() throws Exception {
        for (int i = 0; i < 5; i++) {
            Process process = start();
            made(process);
            process.destroyForcibly().waitFor();
        }

        try (var folders = Files.list(temporary)) {
            assertThat(folders).hasSize(1);
        }
    }

    @Test
    void linksAndFoldersThatNoProcessLockedAreLeftAlone() throws Exception {
        Path others = Files.createDirectory(temporary.resolve("of-others"));
        Files.writeString(others.resolve(".sphinxv-lock"), "");
        Files.writeString(others.resolve("precious"), "");
        Files.createSymbolicLink(temporary.resolve("own1234"), others);
        Path unlocked = Files.createDirectory(temporary.resolve("own5678"));
        Path precious = Files.writeString(unlocked.resolve("precious"), "");
        Path named = Files.createDirectory(temporary.resolve("own-work")); // by a person
        Files.writeString(named.resolve(".sphinxv-lock"), "");

        Process next = start();
        made(next);
        next.destroyForcibly().waitFor();

        assertThat(others.resolve("precious")).exists();
        assertThat(precious).exists();
        assertThat(named).exists();
    }

    @Test
    void aFileThatALinkInALeftFolderPointsToStays() throws Exception {
        Path precious = Files.writeString(temporary.resolve("precious"), "");
        Process killed = start();
        Path left = made(killed);
        Files.createSymbolicLink(left.resolve("link"), precious);
        killed.destroyForcibly().waitFor();

        Process next = start();
        made(next);
        next.destroyForcibly().waitFor();

        assertThat(left).doesNotExist();
        assertThat(precious).exists();
    }

    @Test
    void nobodyElseMayLookIn() throws Exception {
        assumeTrue(
                temporary.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        Process process = start();
        Path own = made(process);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
        process.destroyForcibly().waitFor();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path made(Process process) throws IOException {
        return Path.of(process.inputReader().readLine());
    }

    /** Has a folder until its input ends. */
    static final class Holder {
        public static void main(String[] none) throws IOException {
            try (var folder = ProcessFolder.make("own")) {
                Files.writeString(folder.path().resolve("weights"), "heavy");
                Files.writeString(
                        Files.createDirectory(folder.path().resolve("within")).resolve("more"), "heavy");
                System.out.println(folder.path());
                System.in.read();
            }
        }
    }
}
