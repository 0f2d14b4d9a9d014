package ai.sphinxv.functions.batch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import ai.sphinxv.functions.store.FolderStore;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BatchJobTest {
    private static final String LINE =
            "{\"custom_id\":\"%s\",\"image\":\"%s\",\"question\":\"What is <Region 1>?\",\"marks\":[{\"box\":[40,40,100,100]}]}\n";

    @Inject
    BatchJob job;

    @Inject
    LoadedModel model;

    @Inject
    ObjectMapper json;

    @Inject
    MeterRegistry measured;

    @TempDir
    Path folder;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void runsThatOverlapAnswerEachItemOnce() throws Exception {
        var lines = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            lines.append(LINE.formatted(i, "data:image/png;base64," + Drawn.base64()));
        }
        Files.writeString(folder.resolve("some.jsonl"), lines);
        double before = items();

        try (var replicas = Executors.newFixedThreadPool(4)) {
            for (var run : replicas.invokeAll(
                    Collections.<Callable<Boolean>>nCopies(8, () -> job.run(new FolderStore(folder))))) {
                assertThat(run.get()).isTrue();
            }
        }

        assertThat(folder.resolve("some.jsonl.done")).exists();
        assertThat(ids()).containsExactly("0", "1", "2", "3", "4", "5");
        assertThat(items()).isEqualTo(before + 6);
    }

    /** Half past two is left out in March, and comes twice in October; what a run is missed by, the next one answers. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-03-29", "2026-10-25"})
    void inTheNightWhenClocksAreTurnedEachFileIsAnsweredOnce(String day) throws Exception {
        var nightly = ExecutionTime.forCron(
                new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ)).parse("0 30 2 * * ?"));
        ZonedDateTime noon = LocalDate.parse(day).minusDays(1).atTime(12, 0).atZone(ZoneId.of("Europe/Berlin"));
        Files.writeString(folder.resolve("some.jsonl"), LINE.formatted("0", "data:image/png;base64," + Drawn.base64()));
        double before = items();

        int runs = 0;
        for (var next = nightly.nextExecution(noon); next.orElseThrow().isBefore(noon.plusDays(3)); ) {
            job.run(new FolderStore(folder));
            runs++;
            next = nightly.nextExecution(next.orElseThrow());
        }

        assertThat(runs).isBetween(2, 4);
        assertThat(ids()).containsExactly("0");
        assertThat(items()).isEqualTo(before + 1);
    }

    private double items() {
        return measured.find("sphinxv.batch.items").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("some.results.jsonl"))) {
            ids.add(json.readTree(line).path("custom_id").asText());
        }
        return ids;
    }

    @Test
    void aFileThatCannotBeReadKeepsNoneBehindItWaiting() throws IOException {
        Path elsewhere = Files.writeString(Files.createTempFile("elsewhere", ".jsonl"), "{}");
        Files.createSymbolicLink(folder.resolve("a.jsonl"), elsewhere); // no file of this folder
        Files.writeString(folder.resolve("b.jsonl"), LINE.formatted("url", "data:image/png;base64," + Drawn.base64()));

        boolean done = job.run(new FolderStore(folder));

        assertThat(done).isFalse();
        assertThat(folder.resolve("b.jsonl.done")).exists();
        assertThat(Files.readAllLines(folder.resolve("b.results.jsonl"))).hasSize(1);
        Files.delete(elsewhere);
    }

    @Test
    void filesAreAnsweredAndWhatIsWrongHasItsProblem() throws IOException {
        Files.write(folder.resolve("square.png"), Drawn.png());
        Files.writeString(
                folder.resolve("some.jsonl"),
                LINE.formatted("file", "square.png")
                        + LINE.formatted("url", "data:image/png;base64," + Drawn.base64())
                        + LINE.formatted("outside", "../../../etc/passwd")
                        + LINE.formatted("missing", "circle.png"));

        job.run(new FolderStore(folder));

        assertThat(folder.resolve("some.jsonl.done")).exists();
        var results = Files.readAllLines(folder.resolve("some.results.jsonl"));
        assertThat(results).hasSize(4);
        JsonNode file = json.readTree(results.get(0));
        JsonNode url = json.readTree(results.get(1));
        assertThat(file.path("status").asInt()).isEqualTo(200);
        assertThat(url.path("reply").path("answer"))
                .isEqualTo(file.path("reply").path("answer"));
        assertThat(json.readTree(results.get(2)).path("status").asInt()).isEqualTo(400);
        assertThat(json.readTree(results.get(3)).path("problem").path("detail").asText())
                .isEqualTo("image is no file in the batch's folder, and no data URL");
    }
}
