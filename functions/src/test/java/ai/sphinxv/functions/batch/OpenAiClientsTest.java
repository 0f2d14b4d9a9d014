package ai.sphinxv.functions.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import ai.sphinxv.runtime.bundle.Sha256;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.batches.BatchCreateParams.CompletionWindow;
import com.openai.models.batches.BatchCreateParams.Endpoint;
import com.openai.models.batches.BatchListParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileListParams;
import com.openai.models.files.FileListParams.Order;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/**
 * OpenAI's own clients, in Java and in JavaScript, with what there is of OpenAI's API here: files and batches. The first is
 * told to check each reply against what it knows.
 */
@QuarkusTest
@TestProfile(OpenAiClientsTest.WithAKey.class)
@Timeout(180)
class OpenAiClientsTest {
    private static final String KEY = "key-of-one";
    private static final String NODE_CLIENT = "openai@7.55.0";
    private static final Set<Batch.Status> FINAL =
            Set.of(Batch.Status.COMPLETED, Batch.Status.FAILED, Batch.Status.EXPIRED, Batch.Status.CANCELLED);
    private static final String QUESTION =
            "{\"image\":\"%s\",\"question\":\"What is <Region 1>?\",\"marks\":[{\"box\":[40,40,100,100]}],\"maxTokens\":8}"
                    .formatted(Drawn.base64());

    /** So that there is a refusal to see. */
    public static class WithAKey implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sphinxv.access.keys.one", Sha256.of(KEY.getBytes(UTF_8)));
        }
    }

    @Inject
    LoadedModel model;

    @Inject
    ObjectMapper json;

    private OpenAIClient client = client(KEY, "http://localhost");

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
        client = client(KEY, address());
    }

    @Test
    void filesAreKeptListedReadAndDeleted() throws IOException {
        byte[] content = "some\n".repeat(1000).getBytes(UTF_8);
        FileObject first = upload("first.jsonl", FilePurpose.BATCH, content);
        FileObject second = upload("second.png", FilePurpose.VISION, Drawn.png());

        assertThat(first.filename()).isEqualTo("first.jsonl");
        assertThat(first.bytes()).isEqualTo(content.length);
        assertThat(client.files().retrieve(first.id())).isEqualTo(first);
        try (var reply = client.files().content(first.id())) {
            assertThat(reply.body().readAllBytes()).isEqualTo(content);
        }
        assertThat(client.files().list(FileListParams.builder().limit(1).build()).autoPager().stream()
                        .map(FileObject::id))
                .contains(first.id(), second.id())
                .doesNotHaveDuplicates();
        assertThat(client
                        .files()
                        .list(FileListParams.builder().purpose("vision").build())
                        .autoPager()
                        .stream()
                        .map(FileObject::purpose))
                .contains(second.purpose())
                .doesNotContain(first.purpose());
        assertThat(created(Order.ASC)).isSorted();
        assertThat(created(Order.DESC)).isEqualTo(created(Order.ASC).reversed());
        assertThat(client.files().delete(second.id()).deleted()).isTrue();
        refused(404, () -> client.files().retrieve(second.id()));
    }

    @Test
    void aBatchIsRun() throws Exception {
        String lines = line("good", QUESTION) + line("bad", "{\"image\":5}");
        FileObject questions = upload("q.jsonl", FilePurpose.BATCH, lines.getBytes(UTF_8));

        Batch batch = client.batches().create(batch(questions.id(), "/v1/understand"));
        while (!FINAL.contains(batch.status())) {
            Thread.sleep(20);
            batch = client.batches().retrieve(batch.id());
        }

        assertThat(batch.status()).isEqualTo(Batch.Status.COMPLETED);
        var counts = batch.requestCounts().orElseThrow();
        assertThat(List.of(counts.total(), counts.completed(), counts.failed())).containsExactly(2L, 1L, 1L);
        assertThat(batch.metadata().orElseThrow()._additionalProperties()).containsEntry("shelf", JsonValue.from("7"));
        try (var reply = client.files().content(batch.outputFileId().orElseThrow())) {
            assertThat(json.readTree(reply.body())
                            .path("response")
                            .path("body")
                            .path("answer")
                            .asText())
                    .isNotBlank();
        }
        assertThat(client.files().retrieve(batch.errorFileId().orElseThrow()).bytes())
                .isPositive();
        assertThat(client.batches().list(BatchListParams.builder().limit(1).build()).autoPager().stream()
                        .map(Batch::id))
                .contains(batch.id());
        assertThat(client.batches().cancel(batch.id()).status()).isEqualTo(Batch.Status.COMPLETED);
    }

    @Test
    void refusalsAreTheClientsExceptions() {
        refused(401, () -> client("no-key", address()).files().list());
        refused(400, () -> upload("a", FilePurpose.FINE_TUNE, new byte[3]));
        refused(413, () -> upload("a", FilePurpose.VISION, new byte[30_000_000]));
        refused(404, () -> client.batches().retrieve("batch_none"));
        refused(404, () -> client.batches().create(batch("file-none", "/v1/understand")));
        refused(400, () -> client.batches().create(batch("file-none", "/v1/embeddings")));
        refused(400, () -> client.files().list(FileListParams.builder().limit(0).build()));
        refused(404, () -> client.models().list());
    }

    @Test
    void theClientForNodeDoesTheSame() throws Exception {
        Path home = nodeClient();
        Path script = home.resolve("files-and-batches.cjs");
        try (InputStream resource = requireNonNull(getClass().getResourceAsStream("/openai/files-and-batches.cjs"))) {
            Files.write(script, resource.readAllBytes());
        }
        Path said = home.resolve("said");
        var node = new ProcessBuilder("node", script.toString(), address(), KEY, QUESTION)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said)).isEqualTo("ok\n");
        assertThat(node.exitValue()).isZero();
    }

    /** The folder of OpenAI's package for Node, which is fetched once; no test where that cannot be. */
    private static Path nodeClient() throws IOException, InterruptedException {
        Path home = Files.createDirectories(Path.of("target/node"));
        if (!Files.exists(home.resolve("node_modules/openai/package.json"))) {
            assumeTrue(ends("node", "--version"), "there is no node here");
            assumeTrue(
                    ends(
                            "npm",
                            "install",
                            "--no-audit",
                            "--no-fund",
                            "--fetch-retries=0",
                            "--prefix",
                            home.toString(),
                            NODE_CLIENT),
                    "npm does not bring " + NODE_CLIENT);
        }
        return home.toAbsolutePath();
    }

    private static boolean ends(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(40, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false; // no such program
        }
    }

    private List<Long> created(Order order) {
        return client.files().list(FileListParams.builder().order(order).build()).autoPager().stream()
                .map(FileObject::createdAt)
                .toList();
    }

    private FileObject upload(String name, FilePurpose purpose, byte[] content) {
        var file = MultipartField.<InputStream>builder()
                .value(new ByteArrayInputStream(content))
                .filename(name)
                .build();
        return client.files()
                .create(FileCreateParams.builder().file(file).purpose(purpose).build());
    }

    private static BatchCreateParams batch(String file, String endpoint) {
        return BatchCreateParams.builder()
                .inputFileId(file)
                .endpoint(Endpoint.of(endpoint))
                .completionWindow(CompletionWindow._24H)
                .metadata(BatchCreateParams.Metadata.builder()
                        .putAdditionalProperty("shelf", JsonValue.from("7"))
                        .build())
                .build();
    }

    private static String line(String id, String body) {
        return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/understand\",\"body\":%s}\n"
                .formatted(id, body);
    }

    private static void refused(int status, Executable call) {
        assertThatThrownBy(call::execute)
                .isInstanceOfSatisfying(
                        OpenAIServiceException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(status));
    }

    private static OpenAIClient client(String key, String address) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(address)
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    private static String address() {
        return "http://localhost:%d/v1".formatted(RestAssured.port);
    }
}
