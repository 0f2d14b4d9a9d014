package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches in processes that are killed, or end by themselves. */
class BatchIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@code -Dbatch.kills=500 -Dbatch.seed=SEED} draws the instants of so many, in a batch that is long enough for them. */
    private static final int KILLS = Integer.getInteger("batch.kills", 3);

    private static final long SEED = Long.getLong("batch.seed", 7);
    private static final int ITEMS = Math.max(40, 6 * KILLS);

    @TempDir
    Path folder;

    private URI application = URI.create("http://localhost");

    @Test
    void eachItemHasItsOneResultWhateverWasKilledWhen() throws Exception {
        var when = new Random(SEED);
        int atWork = 0;
        Process process = start();
        try {
            String batch = create();
            for (int kill = 0; kill < KILLS; kill++) {
                int until = done(batch) + when.nextInt(ITEMS / KILLS / 2);
                while (done(batch) < until && !isOver(batch)) {
                    Thread.sleep(10);
                }
                Thread.sleep(when.nextInt(40));
                atWork += isOver(batch) ? 0 : 1;
                process.destroyForcibly().waitFor();
                process = start();
            }
            Map<String, String> killed = results(batch);
            Map<String, String> undisturbed = results(create());

            System.out.printf("Batch: %d items, %d kills while it ran, seed %d%n", ITEMS, atWork, SEED);
            assertThat(atWork).as("kills while it ran, seed %d", SEED).isEqualTo(KILLS);
            assertThat(killed)
                    .as("after %d kills, seed %d", KILLS, SEED)
                    .hasSize(ITEMS)
                    .containsExactlyEntriesOf(undisturbed);
        } finally {
            process.destroy();
            Packaged.end(process, 60);
        }
    }

    @Test
    void ofTwoReplicasThatLookAtTheSameSecondOneAnswersEachItem() throws Exception {
        Path night = Files.createDirectory(folder.resolve("night"));
        Process first = start("first", "-Dsphinxv.batch.folder=" + night);
        URI one = application;
        Process second = start("second", "-Dsphinxv.batch.folder=" + night);
        URI other = application;
        try {
            Files.write(night.resolve("shapes.png"), Pictures.shapes());
            var lines = new StringBuilder();
            for (int item = 0; item < ITEMS; item++) {
                lines.append("{\"custom_id\":\"%d\",\"image\":\"shapes.png\",\"question\":\"What is <Region 1>?\","
                                .formatted(item))
                        .append("\"marks\":[{\"box\":[45,35,115,105]}],\"maxTokens\":4}\n");
            }
            Files.writeString(folder.resolve("new"), lines);
            Files.move(folder.resolve("new"), night.resolve("night.jsonl"));

            assertThat(results(create())).hasSize(ITEMS);
            for (int tries = 0; tries < 600 && !Files.exists(night.resolve("night.jsonl.done")); tries++) {
                Thread.sleep(100);
            }
            assertThat(Files.readAllLines(night.resolve("night.results.jsonl"))).hasSize(ITEMS);
            assertThat(answered(one) + answered(other)).isEqualTo(2 * ITEMS);
        } finally {
            for (Process process : new Process[] {first, second}) {
                process.destroy();
                Packaged.end(process, 60);
            }
        }
    }

    private static double answered(URI replica) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return Metrics.of(client, replica).value("sphinxv_batch_items_total");
        }
    }

    @Test
    void aJobAnswersWhatWaitsAndEnds() throws Exception {
        Path questions = Files.createDirectory(folder.resolve("questions"));
        Files.write(questions.resolve("shapes.png"), Pictures.shapes());
        Files.writeString(
                questions.resolve("night.jsonl"),
                "{\"custom_id\":\"a\",\"image\":\"shapes.png\",\"question\":\"What is <Region 1>?\","
                        + "\"marks\":[{\"box\":[45,35,115,105]}],\"maxTokens\":8}\n");

        Process job = Packaged.start(
                folder.resolve("log"),
                "-Dquarkus.http.port=" + Packaged.freePort(),
                "-Dsphinxv.batch.folder=" + questions,
                "-Dsphinxv.batch.once=true");
        boolean ended = Packaged.end(job, 120);

        String log = Files.readString(folder.resolve("log"));
        assertThat(ended).as(log).isTrue();
        assertThat(job.exitValue()).as(log).isZero();
        assertThat(questions.resolve("night.jsonl.done")).exists();
        JsonNode result = JSON.readTree(Files.readString(questions.resolve("night.results.jsonl")));
        assertThat(result.path("status").asInt()).as(result.toString()).isEqualTo(200);
    }

    private Process start() throws Exception {
        return start("log");
    }

    private Process start(String log, String... more) throws Exception {
        int port = Packaged.freePort();
        application = URI.create("http://localhost:" + port);
        List<String> options = new ArrayList<>(List.of(
                "-Dquarkus.http.port=" + port,
                "-Dsphinxv.batch.store=" + folder.resolve("store"),
                "-Dsphinxv.batch.cron=* * * * * ?"));
        options.addAll(List.of(more));
        Process process = Packaged.start(folder.resolve(log), options.toArray(String[]::new));
        Ready.await(application);
        return process;
    }

    private String create() throws Exception {
        var lines = new StringBuilder();
        for (int item = 0; item < ITEMS; item++) {
            var body = Map.of(
                    "image",
                    Pictures.base64(Pictures.shapes()),
                    "question",
                    "Please identify the labels of each marked point in the image.",
                    "marks",
                    new Object[] {Map.of("point", new int[] {10 + 4 * (item % 40), 70 + item / 40})},
                    "maxTokens",
                    12);
            lines.append(JSON.writeValueAsString(Map.of(
                            "custom_id", "item " + item, "method", "POST", "url", "/v1/understand", "body", body)))
                    .append('\n');
        }
        String boundary = "part";
        String form = "--part\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
                + "--part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"q.jsonl\"\r\n\r\n" + lines
                + "\r\n--part--\r\n";
        String file = send(HttpRequest.newBuilder(application.resolve("/v1/files"))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .POST(BodyPublishers.ofString(form)))
                .path("id")
                .asText();
        return send(HttpRequest.newBuilder(application.resolve("/v1/batches"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/understand\"}".formatted(file))))
                .path("id")
                .asText();
    }

    private int done(String batch) throws Exception {
        return describe(batch).path("request_counts").path("completed").asInt();
    }

    private boolean isOver(String batch) throws Exception {
        return describe(batch).path("status").asText().equals("completed");
    }

    private JsonNode describe(String batch) throws Exception {
        return send(HttpRequest.newBuilder(application.resolve("/v1/batches/" + batch)));
    }

    /** The answers by id, in the order of the file; an id that comes twice fails. */
    private Map<String, String> results(String batch) throws Exception {
        for (int tries = 0; tries < 30 * ITEMS && !isOver(batch); tries++) {
            Thread.sleep(100);
        }
        JsonNode ended = describe(batch);
        assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("completed");
        assertThat(ended.path("error_file_id").isNull()).isTrue();
        var answers = new LinkedHashMap<String, String>();
        String content = text(HttpRequest.newBuilder(application.resolve(
                "/v1/files/%s/content".formatted(ended.path("output_file_id").asText()))));
        for (String line : content.split("\n")) {
            JsonNode result = JSON.readTree(line);
            String answer = result.path("response").path("body").path("answer").asText();
            assertThat(answers.put(result.path("custom_id").asText(), answer)).isNull();
        }
        return answers;
    }

    private static JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(text(request));
    }

    private static String text(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var reply = client.send(request.build(), BodyHandlers.ofString());
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            return reply.body();
        }
    }
}
