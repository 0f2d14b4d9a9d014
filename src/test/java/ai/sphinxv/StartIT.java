package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged application starts, or does not. */
class StartIT {
    @TempDir
    Path folder;

    @Test
    void theNextStartTakesTheCacheOfTheRehearsal() throws Exception {
        Path cache = folder.resolve("sphinxv.aot");

        var rehearsal = start(
                "-XX:AOTCacheOutput=" + cache, "-Dsphinxv.rehearse=true", "-Dquarkus.http.port=" + Packaged.freePort());
        boolean ended = Packaged.end(rehearsal, 180);

        assertThat(ended).as(log()).isTrue();
        assertThat(rehearsal.exitValue()).as(log()).isZero();
        assertThat(log()).contains("Rehearsed");
        assertThat(cache).isNotEmptyFile();

        int port = Packaged.freePort();
        // On: without the cache, or with one that does not fit, it would not start.
        var next = start("-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-Dquarkus.http.port=" + port);
        try {
            Ready.await(URI.create("http://localhost:" + port));
            assertThat(log()).contains("ready after");
        } finally {
            next.destroy();
            Packaged.end(next, 60);
        }
    }

    @Test
    void aStartThatFailsEndsInOrderAndLeavesNoModelBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var process = start("-Djava.io.tmpdir=" + temporary, "-Dquarkus.http.port=" + taken.getLocalPort());
            boolean ended = Packaged.end(process, 60);

            assertThat(ended).as(log()).isTrue();
            assertThat(process.exitValue()).as(log()).isEqualTo(1);
        }
        assertThat(temporary).isDirectoryNotContaining("glob:**/sphinxv-nano*");
    }

    /** Each took 60 MB of model and 28 of ONNX Runtime once, for good. */
    @Test
    void whatAKilledServerLeftIsGoneOnceTheNextIsReadyAndThatOneLeavesNothing() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        for (int i = 0; i < 2; i++) {
            ready(temporary).destroyForcibly().waitFor(); // SIGKILL
        }
        assertThat(large(temporary)).hasSize(1);

        var last = ready(temporary);
        assertThat(large(temporary)).hasSize(1);
        last.destroy();
        boolean ended = Packaged.end(last, 60);

        assertThat(ended).as(log()).isTrue();
        assertThat(large(temporary)).isEmpty();
    }

    private Process ready(Path temporary) throws Exception {
        int port = Packaged.freePort();
        var process = start("-Djava.io.tmpdir=" + temporary, "-Dquarkus.http.port=" + port);
        Ready.await(URI.create("http://localhost:" + port));
        return process;
    }

    /** Folders with something large in them. */
    private static List<Path> large(Path temporary) throws IOException {
        try (Stream<Path> all = Files.walk(temporary)) {
            return all.filter(file -> file.toFile().isFile() && file.toFile().length() > 1 << 20)
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        }
    }

    @Test
    void aSignalWhileTheModelIsBeingOpenedEndsTheStartInOrder() throws Exception {
        var process = start("-Dquarkus.http.port=" + Packaged.freePort());
        for (int tries = 0; tries < 3000 && !log().contains("runs on CPU"); tries++) { // the first of its four graphs
            Thread.sleep(10);
        }
        process.destroy();
        boolean ended = Packaged.end(process, 60);

        assertThat(ended).as(log()).isTrue();
        assertThat(process.exitValue()).as(log()).isEqualTo(143);
        assertThat(log()).doesNotContain("fatal error");
    }

    /** Quarkus by itself ends without a word there. */
    @Test
    void anOlderJavaIsToldWhichOneIsNeeded() throws Exception {
        Optional<Path> old = olderJava();
        assumeTrue(old.isPresent(), "no Java 17 to 24 beside this one");
        var process = new ProcessBuilder(
                        old.get().toString(), "-jar", "../../functions/target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        boolean ended = Packaged.end(process, 60);

        assertThat(ended).as(log()).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(log()).contains("SPHINX-V runs on Java 25 or newer, and this is Java");
    }

    private static Optional<Path> olderJava() throws IOException {
        Path beside = Path.of(System.getProperty("java.home")).getParent();
        try (Stream<Path> all = Files.list(beside)) {
            return all.filter(home -> home.getFileName().toString().matches(".*-(1\\.)?(17|21)([.-].*)?"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    @Test
    void whereNativeCodeCannotBeLoadedReadinessSaysSoInsteadOfWaiting() throws Exception {
        int port = Packaged.freePort();
        var process = start("-Donnxruntime.native.path=" + folder, "-Dquarkus.http.port=" + port);
        try {
            String last = "nothing";
            for (int tries = 0; tries < 150 && !last.contains("could not be loaded"); tries++) {
                Thread.sleep(200);
                last = Ready.ask(URI.create("http://localhost:" + port));
            }

            assertThat(last).as(log()).startsWith("503").contains("could not be loaded");
            assertThat(log()).contains("Native library 'onnxruntime' not found");
        } finally {
            process.destroy();
            Packaged.end(process, 60);
        }
    }

    @Test
    void whereOthersCanReachItItDoesNotStartUntilToldWhoMayAsk() throws Exception {
        var process = start("-Dquarkus.http.host=0.0.0.0", "-Dquarkus.http.port=" + Packaged.freePort());
        boolean ended = Packaged.end(process, 60);

        assertThat(ended).as(log()).isTrue();
        assertThat(process.exitValue()).as(log()).isEqualTo(1);
        assertThat(log())
                .contains("quarkus.http.host=0.0.0.0 lets other machines in, and nobody is asked who they are: set"
                        + " sphinxv.access.keys.NAME");
    }

    @Test
    void aSettingOutOfItsRangeStopsTheStartAndIsNamed() throws Exception {
        var process = start("-Dsphinxv.limits.marks=1001", "-Dquarkus.http.port=" + Packaged.freePort());
        boolean ended = Packaged.end(process, 60);

        assertThat(ended).as(log()).isTrue();
        assertThat(process.exitValue()).as(log()).isEqualTo(1);
        assertThat(log()).contains("sphinxv.limits.marks is 1001; it goes from 1 to 1000");
    }

    @Test
    void toldThatItIsOpenItStarts() throws Exception {
        int port = Packaged.freePort();
        var process = start("-Dquarkus.http.host=0.0.0.0", "-Dsphinxv.access.open=true", "-Dquarkus.http.port=" + port);
        try {
            Ready.await(URI.create("http://localhost:" + port));
            assertThat(log()).contains("Whoever reaches 0.0.0.0 may use this server");
        } finally {
            process.destroy();
            Packaged.end(process, 60);
        }
    }

    private Process start(String... options) throws IOException {
        return Packaged.start(folder.resolve("log"), options);
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }
}
