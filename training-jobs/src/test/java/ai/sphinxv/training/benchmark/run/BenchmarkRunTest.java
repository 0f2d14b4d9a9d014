package ai.sphinxv.training.benchmark.run;

import static ai.sphinxv.training.benchmark.run.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.training.benchmark.run.Understanding.Reply;
import ai.sphinxv.training.benchmark.task.Published;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, over real HTTP, of a small COCO-Text. */
class BenchmarkRunTest {
    private static final int ITEMS = 12;

    @TempDir
    private Path folder;

    @BeforeEach
    void data() throws IOException {
        String items = IntStream.rangeClosed(1, ITEMS)
                .mapToObj(i -> Published.region(i, "a.png", "[%d, 2, 5, 5]".formatted(i), "Region 1: word " + i))
                .collect(Collectors.joining(",", "[", "]"));
        new Published(folder.resolve("data")).picture("a.png").file("COCOText_box.json", items);
    }

    private Map<String, String> settings(URI server, String out) {
        var settings = new Runs(folder).settings("coco-text-box,lvis-box", out);
        settings.put("benchmark.endpoint", server.toString());
        return settings;
    }

    /** Right at the first so many items. */
    private static Reply readUpTo(int last, JsonNode request) {
        int item = number(request);
        return Reply.answer(item <= last ? "<Region 1>: word " + item : "<Region 1>: <nothing>");
    }

    private static int number(JsonNode request) {
        return request.path("marks").path(0).path("box").path(0).asInt();
    }

    @Test
    void aRunEndsInATableAFileOfFiguresAndAPageOfFailures() throws Exception {
        try (var server = Understanding.saying(request -> readUpTo(9, request))) {
            String printed = run(settings(server.uri(), "out"));

            String table = Files.readString(folder.resolve("out/report.md"));
            assertThat(printed).contains(table);
            assertThat(table)
                    .contains("| SPHINX-V, in the paper | 45.44 |")
                    .contains("| model@1, `strict` | 75.00 (")
                    .contains("not measured: LVIS_box.json is not in");
            JsonNode figures = new ObjectMapper()
                    .readTree(folder.resolve("out/coco-text-box.report.json").toFile());
            assertThat(figures.at("/strict/accuracy/value").asDouble()).isEqualTo(0.75);
            assertThat(figures.at("/parts/accuracy")).hasSize(ITEMS);
            assertThat(Files.readString(folder.resolve("out/failures.html")))
                    .contains("the lowest 3 of 12 by accuracy", "&lt;Region 1&gt;: &lt;nothing&gt;", "<image ")
                    .doesNotContain("<nothing>");
        }
    }

    @Test
    void theAblationsRowsOfThePaperStandBesideOurs() throws Exception {
        new Published(folder.resolve("data"))
                .file("LVIS_box.json", "[" + Published.region(1, "a.png", "[1, 2, 5, 5]", "Region 1: cup") + "]");
        try (var server = Understanding.saying(request -> Reply.answer("<Region 1>: cup"))) {
            var settings = new Runs(folder).settings("lvis-box", "out");
            settings.put("benchmark.endpoint", server.uri().toString());
            run(settings);

            assertThat(Files.readString(folder.resolve("out/report.md"))).contains("""
                | SPHINX-V, in the paper | 87.06 | 62.90 |
                | Table 9, alpha blending, in the paper | 45.50 | 21.70 |
                | Table 9, text, in the paper | 47.30 | 25.50 |
                | Table 9, one stage, in the paper | 43.10 | 19.20 |
                | Table 9, encoder, two stages, in the paper | 55.90 | 30.10 |
                | model@1, `paper` | 100.00 (\
                """);
        }
    }

    @Test
    void aSecondRunAsksNothingAgainAndALargerSampleGoesOn() throws Exception {
        try (var server = Understanding.saying(request -> readUpTo(9, request))) {
            var settings = settings(server.uri(), "out");
            settings.put("benchmark.limit", "5");
            assertThat(run(settings)).contains("**A sample**: 5 of 12 items.");
            assertThat(server.questions()).hasSize(5);

            settings.remove("benchmark.limit");
            assertThat(run(settings)).contains("goes on behind 5 of 12 items");
            run(settings);

            assertThat(server.questions().stream().map(BenchmarkRunTest::number))
                    .hasSize(ITEMS)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void severalQuestionsAtOnceGiveTheSameReport() throws Exception {
        try (var server = Understanding.saying(request -> readUpTo(9, request))) {
            run(settings(server.uri(), "one"));
            var settings = settings(server.uri(), "four");
            settings.put("benchmark.parallel", "4");
            run(settings);

            assertThat(folder.resolve("four/coco-text-box.report.json"))
                    .hasSameTextualContentAs(folder.resolve("one/coco-text-box.report.json"));
        }
    }

    @Test
    void aRunThatIsKilledGoesOnWhereItWas() throws Exception {
        var asked = new ArrayList<Integer>();
        var enough = new CountDownLatch(5);
        try (var server = Understanding.saying(request -> {
            synchronized (asked) {
                asked.add(number(request));
            }
            enough.countDown();
            return readUpTo(ITEMS, request);
        })) {
            Process process = start(settings(server.uri(), "out"));
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
            process.destroyForcibly().waitFor(); // SIGKILL

            run(settings(server.uri(), "out"));

            List<Integer> again = asked.stream()
                    .filter(one -> asked.indexOf(one) != asked.lastIndexOf(one))
                    .distinct()
                    .toList();
            assertThat(asked).contains(IntStream.rangeClosed(1, ITEMS).boxed().toArray(Integer[]::new));
            assertThat(again)
                    .as("at most what was on its way when it was killed")
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(Files.readString(folder.resolve("out/report.md"))).contains("| model@1, `strict` | 100.00 (");
        }
    }

    private static Process start(Map<String, String> settings) throws IOException {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-Xmx256m");
        settings.forEach((key, value) -> command.add("-D%s=%s".formatted(key, value)));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(BenchmarkMain.class.getName());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void aServerThatBreaksDownEndsTheRunAndTheNextGoesOn() throws Exception {
        var answered = new AtomicInteger();
        try (var server = Understanding.saying(
                request -> answered.incrementAndGet() == 4 ? Reply.problem(403, "gone") : readUpTo(ITEMS, request))) {
            var settings = settings(server.uri(), "out");

            assertThatThrownBy(() -> run(settings))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("HTTP 403 gone");
            assertThat(run(settings)).contains("goes on behind 3 of 12 items");
        }
    }

    @Test
    void twoRunsAreComparedOnTheItemsThatBothHave() throws Exception {
        try (var server = Understanding.saying(request -> readUpTo(3, request))) {
            run(settings(server.uri(), "first"));
        }
        try (var server = Understanding.saying(request -> readUpTo(12, request))) {
            run(settings(server.uri(), "second"));
            var settings = settings(server.uri(), "nowhere");
            settings.remove("benchmark.endpoint");
            settings.put("benchmark.compare", "%s,%s".formatted(folder.resolve("first"), folder.resolve("second")));

            // nine items are right in the second run only: 2 / 2^9
            assertThat(run(settings))
                    .contains("| coco-text-box | accuracy | 0.2500 | 1.0000 | +0.7500 (")
                    .contains("n = 12) |", "| 0.003906 |");
        }
    }
}
