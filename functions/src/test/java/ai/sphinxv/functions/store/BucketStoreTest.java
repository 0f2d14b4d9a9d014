package ai.sphinxv.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BucketStoreTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final int IDS = 130; // more than go into one object of a log

    private ObjectServer server;
    private Store store;

    @BeforeAll
    static void somebodyAsks() {
        System.setProperty("aws.accessKeyId", "somebody");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    @BeforeEach
    void serve() throws IOException {
        server = new ObjectServer();
        store = open(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Store open(URI server) {
        return Store.at(Place.of("s3://kept/here"), new S3(server, null, LEASE));
    }

    @Test
    void whatIsWrittenIsReadListedRenamedAndDeleted() throws IOException {
        for (int i = 0; i < 7; i++) { // more than a page of the server
            store.write("file" + i, out -> out.write("tea".getBytes(UTF_8)));
            store.in("below/" + i).write("x", out -> {});
        }

        assertThat(store.files()).containsExactly("file0", "file1", "file2", "file3", "file4", "file5", "file6");
        assertThat(store.stores()).containsExactly("below");
        assertThat(store.in("below").stores()).hasSize(7);
        assertThat(store.in("below/3").name()).isEqualTo("3");
        assertThat(new String(store.read("file3"), UTF_8)).isEqualTo("tea");
        assertThat(store.size("file3")).isEqualTo(3);
        store.rename("file3", "renamed");
        assertThat(store.has("file3")).isFalse();
        assertThat(store.read("renamed")).hasSize(3);
        store.in("below").deleteAll();
        assertThat(store.stores()).isEmpty();
        assertThatThrownBy(() -> store.read("file3")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void noNameLeadsOut() throws IOException {
        server.close();
        for (String name : List.of("../other", "a/../../other", "/etc/passwd", "a//b", "", ".", "a/.")) {
            assertThatThrownBy(() -> store.read(name)).as(name).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> store.size(name)).as(name).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void aLogGoesOnWhereItWasAndIsAFileAtItsEnd() throws IOException {
        for (int from = 0; from < 250; from += 50) {
            try (var log = log()) {
                for (int i = 0; i < from + 50; i++) {
                    if (!log.has("id " + i)) {
                        append(log, "id " + i);
                    }
                }
            }
        }

        assertThat(ids())
                .containsExactlyElementsOf(
                        IntStream.range(0, 250).mapToObj(i -> "id " + i).toList());
        assertThat(server.count("kept/here/log.parts/")).isEqualTo(3);
        byte[] lines = store.lines("log").readAllBytes();
        store.settle("log");
        assertThat(store.read("log")).isEqualTo(lines);
    }

    @Test
    void ofTwoThatBothBelieveToBeAloneOneWrites() throws IOException {
        var awake = log();
        var asleep = log(); // its lease has gone to the other meanwhile
        append(awake, "a");
        append(asleep, "a"); // to the letter what is there, so it is written
        append(awake, "b");

        assertThatThrownBy(() -> append(asleep, "c")).hasMessageContaining("another process has gone on");

        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void aReplyThatIsLostOnItsWayDoublesNothing() throws IOException {
        try (var log = log()) {
            append(log, "a");
            server.loseReplies(1);
            append(log, "b");
            append(log, "c");
        }

        assertThat(ids()).containsExactly("a", "b", "c");
    }

    @Test
    void aServerThatIgnoresConditionsIsRefused() {
        server.ignoreConditions();

        assertThatThrownBy(() -> store.alone(() -> {})).hasMessageContaining("ignores If-None-Match or If-Match");
    }

    @Test
    void whoIsAtWorkKeepsOthersOutForLongerThanALeaseAndLetsGoAtOnce() throws IOException {
        boolean first = store.alone(() -> {
            long until = System.nanoTime() + 2 * LEASE.toNanos();
            while (System.nanoTime() < until) {
                assertThat(open(server.address()).alone(() -> {
                            throw new AssertionError("two at a time");
                        }))
                        .isFalse();
            }
        });

        assertThat(first).isTrue();
        assertThat(server.text("kept/here/.lease")).isEqualTo("free");
        assertThat(store.alone(() -> {})).isTrue();
    }

    @Test
    void eachIdHasItsOneLineWhicheverProcessIsKilledWhen() throws Exception {
        var when = new Random(11);
        List<Process> workers = new ArrayList<>(List.of(work(), work()));
        try {
            for (int kill = 0; kill < 4; kill++) {
                int until = ids().size() + 1 + when.nextInt(20);
                while (ids().size() < Math.min(until, IDS)) {
                    Thread.sleep(when.nextInt(30));
                }
                workers.remove(when.nextInt(2)).destroyForcibly().waitFor();
                workers.add(work());
            }
            for (Process worker : workers) {
                assertThat(worker.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(worker.exitValue())
                        .as(worker.inputReader().lines().toList().toString())
                        .isZero();
            }
        } finally {
            workers.forEach(Process::destroyForcibly);
        }

        assertThat(ids())
                .containsExactlyElementsOf(
                        IntStream.range(0, IDS).mapToObj(i -> "id " + i).toList());
    }

    private Process work() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Daws.accessKeyId=somebody",
                        "-Daws.secretAccessKey=secret",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        server.address().toString())
                .redirectErrorStream(true)
                .start();
    }

    /** A replica that writes what is missing whenever its turn comes, until all is there. */
    static final class Worker {
        public static void main(String[] server) throws Exception {
            Store store = open(URI.create(server[0]));
            boolean[] all = new boolean[1];
            while (!all[0]) {
                try {
                    store.alone(() -> {
                        try (var log = store.log("log", JSON, line -> {})) {
                            for (int i = 0; i < IDS; i++) {
                                if (!log.has("id " + i)) {
                                    append(log, "id " + i);
                                }
                            }
                        }
                        all[0] = true;
                    });
                } catch (IOException e) {
                    System.out.println(e); // the other has gone on; the next turn begins with what it wrote
                }
            }
        }
    }

    private ResultLog log() throws IOException {
        return store.log("log", JSON, line -> {});
    }

    private static void append(ResultLog log, String id) throws IOException {
        log.append(id, Map.of(ResultLog.ID, id));
    }

    /** In the order of their lines; one that is there twice is told twice. */
    private List<String> ids() throws IOException {
        var ids = new ArrayList<String>();
        for (String line :
                new String(store.lines("log").readAllBytes(), UTF_8).lines().toList()) {
            ids.add(JSON.readTree(line).path(ResultLog.ID).asText());
        }
        return ids;
    }
}
