package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches on a disk that is full: a real one of a megabyte, in memory, that only the tested process sees. */
class FullDiskIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ITEMS = 100;
    private static final int DISK = 1 << 20;

    /** What is left for results: some of them, not all. */
    private static final int LEFT = 16 << 10;

    private static final List<String> ALONE = List.of("unshare", "--user", "--map-root-user", "--mount");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private URI application = URI.create("http://localhost");

    @Test
    void aBatchOnAFullDiskGoesOnByItselfOnceThereIsRoom() throws Exception {
        assumeTrue(canMount(), "this system lets nobody mount a disk of his own: unshare --user --mount");
        Process process = start();
        try {
            String picture = upload("vision", "shapes.png", Pictures.shapes());
            String questions = upload("batch", "q.jsonl", questions(picture).getBytes(StandardCharsets.UTF_8));
            String undisturbed = outcome(create(questions)).toString();
            assertThat(JSON.readTree(undisturbed)).hasSize(ITEMS);

            List<String> filler = fill();
            String batch = create(questions);
            await(() -> log().contains("stopped and will go on where it was"));

            assertThat(describe(batch).path("status").asText()).isIn("validating", "in_progress");
            var refused = send(form("vision", "more.png", new byte[DISK / 4]));
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.body()).contains("this server has no more room for files");
            assertThat(Ready.ask(application)).startsWith("200");

            for (String file : filler) {
                send(HttpRequest.newBuilder(application.resolve("/v1/files/" + file))
                        .DELETE());
            }
            assertThat(outcome(batch).toString()).isEqualTo(undisturbed);
        } finally {
            process.destroy();
            Packaged.end(process, 60);
            client.close();
        }
    }

    private static boolean canMount() throws Exception {
        var command = new ArrayList<>(ALONE);
        command.addAll(List.of("mount", "-t", "tmpfs", "-o", "size=1m", "none", "/mnt"));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Process start() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        int port = Packaged.freePort();
        application = URI.create("http://localhost:" + port);
        var command = new ArrayList<>(ALONE);
        command.addAll(List.of(
                "sh", "-c", "mount -t tmpfs -o size=%d none %s && exec \"$@\"".formatted(DISK, disk), "in-there"));
        Process process = Packaged.start(
                command,
                folder.resolve("log"),
                "-Dquarkus.http.port=" + port,
                "-Dsphinxv.batch.store=" + disk,
                "-Dsphinxv.batch.cron=* * * * * ?");
        Ready.await(application);
        return process;
    }

    private static String questions(String picture) throws Exception {
        var lines = new StringBuilder();
        for (int item = 0; item < ITEMS; item++) {
            var body = Map.of(
                    "image",
                    picture,
                    "question",
                    "Please identify the labels of each marked point in the image.",
                    "marks",
                    new Object[] {Map.of("point", new int[] {10 + 3 * item, 70})},
                    "maxTokens",
                    8);
            lines.append(JSON.writeValueAsString(Map.of(
                            "custom_id", "item " + item, "method", "POST", "url", "/v1/understand", "body", body)))
                    .append('\n');
        }
        return lines.toString();
    }

    /** Leaves room for the questions of a batch and some results: two of the smallest, and less than one more. */
    private List<String> fill() throws Exception {
        String room = upload("vision", "filler", new byte[LEFT]);
        String more = upload("vision", "filler", new byte[LEFT]);
        List<String> files = new ArrayList<>();
        for (int bytes = DISK / 2; bytes >= LEFT; bytes /= 2) {
            for (var reply = send(form("vision", "filler", new byte[bytes]));
                    reply.statusCode() == 200;
                    reply = send(form("vision", "filler", new byte[bytes]))) {
                files.add(JSON.readTree(reply.body()).path("id").asText());
            }
        }
        for (String file : List.of(room, more)) {
            send(HttpRequest.newBuilder(application.resolve("/v1/files/" + file))
                    .DELETE());
        }
        return files;
    }

    private String create(String questions) throws Exception {
        var reply = send(HttpRequest.newBuilder(application.resolve("/v1/batches"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/understand\"}".formatted(questions))));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body()).path("id").asText();
    }

    /** The answers by id, once it is over; an id that comes twice fails. */
    private JsonNode outcome(String batch) throws Exception {
        await(() -> describe(batch).path("status").asText().equals("completed"));
        String output = describe(batch).path("output_file_id").asText();
        var answers = JSON.createObjectNode();
        String content = send(HttpRequest.newBuilder(application.resolve("/v1/files/%s/content".formatted(output))))
                .body();
        for (String line : content.split("\n")) {
            JsonNode result = JSON.readTree(line);
            String id = result.path("custom_id").asText();
            assertThat(answers.has(id)).as(id).isFalse();
            answers.set(id, result.path("response").path("body").path("answer"));
        }
        return answers;
    }

    private JsonNode describe(String batch) throws Exception {
        return JSON.readTree(send(HttpRequest.newBuilder(application.resolve("/v1/batches/" + batch)))
                .body());
    }

    private String upload(String purpose, String name, byte[] content) throws Exception {
        var reply = send(form(purpose, name, content));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return JSON.readTree(reply.body()).path("id").asText();
    }

    private HttpRequest.Builder form(String purpose, String name, byte[] content) {
        var head =
                "--part\r\ncontent-disposition: form-data; name=\"purpose\"\r\n\r\n%s\r\n--part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
                        .formatted(purpose, name);
        return HttpRequest.newBuilder(application.resolve("/v1/files"))
                .header("Content-Type", "multipart/form-data; boundary=part")
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(content),
                        BodyPublishers.ofString("\r\n--part--\r\n")));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("log"));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(Condition condition) throws Exception {
        for (int tries = 0; tries < 600 && !condition.holds(); tries++) {
            Thread.sleep(100);
        }
        assertThat(condition.holds()).as(log()).isTrue();
    }
}
