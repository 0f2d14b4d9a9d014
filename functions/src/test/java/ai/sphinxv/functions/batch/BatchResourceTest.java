package ai.sphinxv.functions.batch;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import ai.sphinxv.functions.Observed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BatchResourceTest {
    private static final String QUESTION =
            "\"question\":\"What is <Region 1>?\",\"marks\":[{\"box\":[40,40,100,100]}],\"maxTokens\":8";

    @Inject
    LoadedModel model;

    @Inject
    ObjectMapper json;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void aBatchIsAnsweredAndWhatIsWrongIsInItsErrorFile() throws Exception {
        String picture = upload("vision", Drawn.png());
        String batch = create(line("a", "\"image\":\"%s\",%s".formatted(Drawn.base64(), QUESTION))
                + "\n"
                + line("b", "\"image\":\"%s\",%s".formatted(picture, QUESTION))
                + line("c", "\"image\":\"file-none\"," + QUESTION)
                + line("d", "\"image\":5"));

        JsonNode ended = awaitEnd(batch);

        assertThat(ended.path("status").asText()).isEqualTo("completed");
        assertThat(ended.path("request_counts").toString()).isEqualTo("{\"total\":4,\"completed\":2,\"failed\":2}");
        List<JsonNode> output = content(ended.path("output_file_id").asText());
        assertThat(output).extracting(line -> line.path("custom_id").asText()).containsExactly("a", "b");
        JsonNode first = output.getFirst().path("response");
        assertThat(first.path("status_code").asInt()).isEqualTo(200);
        assertThat(first.path("body").path("answer"))
                .isEqualTo(output.get(1).path("response").path("body").path("answer"));
        List<JsonNode> errors = content(ended.path("error_file_id").asText());
        assertThat(errors)
                .extracting(line ->
                        line.path("response").path("body").path("detail").asText())
                .containsExactly("there is no file of this id", "image needs to be text");
        assertThat(ended.path("metadata").path("shelf").asText()).isEqualTo("7");
    }

    @Test
    void itemsHaveMarksOfEveryForm() throws Exception {
        String start = "\"image\":\"%s\",\"question\":\"What?\",\"maxTokens\":8,".formatted(Drawn.base64());
        String batch = create(line("a", start + "\"marks\":[{\"mask\":\"%s\"}]".formatted(Drawn.mask(40, 40, 101, 101)))
                + line("b", start + "\"marks\":[{\"polygon\":[[40,70],[70,40],[100,70]]}]")
                + line("c", start + "\"scope\":\"image\"")
                + line("d", start + "\"marks\":[{\"polygon\":[[40,70],[70,40]]}]"));

        JsonNode ended = awaitEnd(batch);

        assertThat(ended.path("request_counts").toString()).isEqualTo("{\"total\":4,\"completed\":3,\"failed\":1}");
        assertThat(content(ended.path("error_file_id").asText()).toString())
                .contains("mark 1: ring 1 of a polygon needs at least 3 corners, got 2");
    }

    @Test
    void questionsThatCannotBeReadFailTheBatchBeforeItBegins() throws Exception {
        String batch = create(line("a", QUESTION) + line("a", QUESTION) + "{oops\n"
                + "{\"custom_id\":\"e\",\"method\":\"POST\",\"url\":\"/v1/other\",\"body\":{}}\n[]\n");

        JsonNode ended = awaitEnd(batch);

        assertThat(ended.path("status").asText()).isEqualTo("failed");
        assertThat(ended.path("errors").path("data").findValuesAsText("message"))
                .containsExactly(
                        "the custom_id came before",
                        "the line is not JSON, or has a field twice: column 2",
                        "the line's method needs to be POST and its url /v1/understand",
                        "the line needs to be a JSON object with a custom_id, which is text");
        assertThat(ended.path("errors").path("data").path(1).path("line").asInt())
                .isEqualTo(3);
    }

    @Test
    void aCancelledBatchKeepsWhatItAnswered() throws Exception {
        String lines = IntStream.range(0, 400)
                .mapToObj(i -> line("item " + i, "\"image\":\"%s\",%s".formatted(Drawn.base64(), QUESTION)))
                .collect(Collectors.joining());
        String batch = create(lines);
        Observed.await(
                () -> describe(batch).path("request_counts").path("completed").asInt() > 0);

        JsonNode asked = body(given().post("/v1/batches/" + batch + "/cancel"));
        assertThat(asked.path("status").asText()).isIn("cancelling", "cancelled");
        JsonNode ended = awaitEnd(batch);

        assertThat(ended.path("status").asText()).isEqualTo("cancelled");
        int completed = ended.path("request_counts").path("completed").asInt();
        assertThat(completed).isBetween(1, 399);
        assertThat(content(ended.path("output_file_id").asText())).hasSize(completed);
        assertThat(ended.path("cancelling_at").asLong())
                .isBetween(
                        ended.path("created_at").asLong(),
                        ended.path("cancelled_at").asLong());
    }

    @Test
    void aLineThatIsNoTextIsNamedByItsNumber() throws Exception {
        byte[] lines = ("\uFEFF" + line("a", QUESTION) + "?\n" + line("b", QUESTION)).getBytes(UTF_8);
        lines[new String(lines, ISO_8859_1).indexOf("?\n")] = (byte) 0xFF;

        JsonNode ended = awaitEnd(create(lines));

        assertThat(ended.path("errors").path("data").toString())
                .isEqualTo("[{\"code\":\"invalid_line\",\"message\":\"the line is not UTF-8\",\"line\":2}]");
    }

    /** What openai-node and openai-python send and look for. */
    @Test
    void openAisClientsFindWhatTheyLookFor() throws IOException {
        String file = upload("batch", "1".getBytes(UTF_8));

        Response content = given().accept("application/binary").get("/v1/files/" + file + "/content");
        JsonNode refused = json.readTree(given().get("/v1/files/file-none").asString());

        assertThat(content.statusCode()).isEqualTo(200);
        assertThat(content.asString()).isEqualTo("1");
        assertThat(body(given().get("/v1/files/" + file)).path("status").asText())
                .isEqualTo("processed");
        assertThat(refused.path("error").toString())
                .isEqualTo("{\"message\":\"there is no file of this id\",\"type\":\"invalid_request_error\","
                        + "\"param\":null,\"code\":null}");
    }

    @Test
    void filesAreListedByPurposeAndInBothOrders() throws IOException {
        String picture = upload("vision", Drawn.png());
        upload("batch", "1".getBytes(UTF_8));

        JsonNode pictures = body(given().get("/v1/files?purpose=vision&order=desc"));
        JsonNode backwards = body(given().get("/v1/files?purpose=vision&order=asc&limit=10000"));

        assertThat(pictures.path("data").findValuesAsText("purpose")).containsOnly("vision");
        assertThat(pictures.path("data").findValuesAsText("id")).contains(picture);
        assertThat(backwards.path("data").findValuesAsText("id"))
                .isEqualTo(pictures.path("data").findValuesAsText("id").reversed());
        assertThat(detail(400, given().get("/v1/files?order=up"))).isEqualTo("order needs to be asc or desc");
        assertThat(detail(400, given().get("/v1/files?after=file-none"))).startsWith("after is not in this list");
    }

    @Test
    void whatIsNotThereOrNotRightIsToldSo() {
        assertThat(detail(404, given().get("/v1/files/file-none"))).isEqualTo("there is no file of this id");
        assertThat(detail(404, given().get("/v1/files/..%2f..%2fetc"))).isNotBlank();
        assertThat(detail(404, given().get("/v1/batches/batch_none"))).isEqualTo("there is no batch of this id");
        assertThat(detail(400, given().multiPart("file", "a", new byte[3]).post("/v1/files")))
                .isEqualTo("purpose needs to be batch, for questions, or vision, for a picture");
        assertThat(detail(400, start(Map.of("endpoint", "/v1/understand"))))
                .isEqualTo("input_file_id is missing: upload the questions to /v1/files first");
        assertThat(detail(400, start(Map.of("input_file_id", "file-none", "endpoint", "/v1/embeddings"))))
                .isEqualTo("endpoint needs to be /v1/understand");
        assertThat(detail(404, start(Map.of("input_file_id", "file-none", "endpoint", "/v1/understand"))))
                .isEqualTo("there is no file of this id");
        assertThat(detail(400, given().get("/v1/files?limit=0"))).isEqualTo("limit must be from 1 to 10000, got 0");
    }

    @Test
    void filesAreListedPageByPageAndDeleted() throws IOException {
        String first = upload("batch", "1".getBytes(UTF_8));
        String second = upload("batch", "2".getBytes(UTF_8));

        JsonNode page = body(given().get("/v1/files?limit=1"));
        assertThat(page.path("data")).hasSize(1);
        assertThat(page.path("has_more").asBoolean()).isTrue();
        JsonNode next =
                body(given().get("/v1/files?after=" + page.path("last_id").asText()));
        assertThat(next.path("data").findValuesAsText("id"))
                .doesNotContain(page.path("last_id").asText());

        assertThat(body(given().delete("/v1/files/" + first)).path("deleted").asBoolean())
                .isTrue();
        assertThat(given().get("/v1/files/" + first).statusCode()).isEqualTo(404);
        assertThat(given().get("/v1/files/" + second + "/content").asString()).isEqualTo("2");
    }

    private static String line(String id, String body) {
        return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/understand\",\"body\":{%s}}\n"
                .formatted(id, body);
    }

    private String upload(String purpose, byte[] content) throws IOException {
        return body(given().multiPart("file", "some.jsonl", content)
                        .multiPart("purpose", purpose)
                        .post("/v1/files"))
                .path("id")
                .asText();
    }

    private String create(String lines) throws IOException {
        return create(lines.getBytes(UTF_8));
    }

    private String create(byte[] lines) throws IOException {
        String questions = upload("batch", lines);
        return body(start(Map.of(
                        "input_file_id",
                        questions,
                        "endpoint",
                        "/v1/understand",
                        "completion_window",
                        "24h",
                        "metadata",
                        Map.of("shelf", "7"))))
                .path("id")
                .asText();
    }

    private static Response start(Map<String, Object> request) {
        return given().contentType(ContentType.JSON).body(request).post("/v1/batches");
    }

    private JsonNode describe(String batch) throws IOException {
        return body(given().get("/v1/batches/" + batch));
    }

    private JsonNode awaitEnd(String batch) throws Exception {
        Observed.await(() -> List.of("completed", "failed", "cancelled", "expired")
                .contains(describe(batch).path("status").asText()));
        return describe(batch);
    }

    private List<JsonNode> content(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                given().get("/v1/files/" + file + "/content").asString().split("\n")) {
            lines.add(json.readTree(line));
        }
        return lines;
    }

    private JsonNode body(Response reply) throws IOException {
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        return json.readTree(reply.asString());
    }

    private static String detail(int status, Response refusal) {
        assertThat(refusal.statusCode()).as(refusal.asString()).isEqualTo(status);
        return refusal.jsonPath().getString("detail");
    }
}
