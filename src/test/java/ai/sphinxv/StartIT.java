package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged application starts, or does not. */
class StartIT {
    @TempDir
    Path folder;

    @Test
    void theNextStartTakesTheCacheOfTheRehearsal() throws Exception {
        Path cache = folder.resolve("sphinxv.aot");

        var rehearsal =
                start("-XX:AOTCacheOutput=" + cache, "-Dsphinxv.rehearse=true", "-Dquarkus.http.port=" + freePort());
        boolean ended = end(rehearsal, 180);

        assertThat(ended).as(log()).isTrue();
        assertThat(rehearsal.exitValue()).as(log()).isZero();
        assertThat(log()).contains("Rehearsed");
        assertThat(cache).isNotEmptyFile();

        int port = freePort();
        // On: without the cache, or with one that does not fit, it would not start.
        var next = start("-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-Dquarkus.http.port=" + port);
        try {
            Ready.await(URI.create("http://localhost:" + port));
            assertThat(log()).contains("ready after");
        } finally {
            next.destroy();
            end(next, 60);
        }
    }

    @Test
    void aStartThatFailsEndsInOrderAndLeavesNoModelBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var process = start("-Djava.io.tmpdir=" + temporary, "-Dquarkus.http.port=" + taken.getLocalPort());
            boolean ended = end(process, 60);

            assertThat(ended).as(log()).isTrue();
            assertThat(process.exitValue()).as(log()).isEqualTo(1);
        }
        assertThat(temporary).isDirectoryNotContaining("glob:**/sphinxv-nano*");
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", "../../functions/target/quarkus-app/quarkus-run.jar"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static boolean end(Process process, int seconds) throws InterruptedException {
        if (process.waitFor(seconds, TimeUnit.SECONDS)) {
            return true;
        }
        process.destroyForcibly();
        return false;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
