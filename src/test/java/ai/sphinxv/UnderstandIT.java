package ai.sphinxv;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged application on its embedded model, asked over HTTP. */
@QuarkusIntegrationTest
class UnderstandIT {
    private static final String LABELS = "Please identify the labels of each marked region in the image.";
    private static final List<Map<String, Object>> TWO_BOXES =
            List.of(Map.of("box", List.of(45, 35, 115, 105)), Map.of("box", List.of(190, 40, 250, 100)));
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeEach
    void waitUntilReady() throws InterruptedException {
        Ready.await(URI.create(RestAssured.baseURI + ":" + RestAssured.port));
    }

    @Test
    void everyMarkGetsItsAnswer() {
        JsonNode reply = ask(Pictures.shapes(), LABELS, TWO_BOXES);

        assertThat(reply.path("marks")).hasSize(2);
        assertThat(reply.path("marks").path(0).path("mark").asInt()).isEqualTo(1);
        assertThat(reply.path("marks").path(0).path("text").asText()).isEqualTo("circle");
        assertThat(reply.path("marks").path(1).path("text").asText()).isEqualTo("square");
        assertThat(reply.path("answer").asText()).isEqualTo("<Region 1>: circle\n<Region 2>: square");
        assertThat(reply.path("model").asText()).startsWith("nano@");
        assertThat(reply.path("usage").properties()).isNotEmpty();
        assertThat(reply.path("timings").properties()).isNotEmpty();
    }

    @Test
    void aPointMeansWhatLiesThere() {
        JsonNode reply = ask(
                Pictures.shapes(),
                "Please identify the labels of each marked point in the image.",
                List.of(Map.of("point", List.of(220, 70))));

        assertThat(reply.path("marks").path(0).path("text").asText()).isEqualTo("square");
    }

    @Test
    void aStrokeIsReadAsItsBoundingBox() {
        var stroke = List.of(List.of(45, 60), List.of(80, 35), List.of(115, 70), List.of(80, 105));

        JsonNode byStroke = ask(Pictures.shapes(), LABELS, List.of(Map.of("stroke", stroke)));
        JsonNode byBox = ask(Pictures.shapes(), LABELS, List.of(Map.of("box", List.of(45, 35, 115, 105))));

        assertThat(byStroke.path("answer")).isEqualTo(byBox.path("answer"));
        assertThat(byStroke.path("marks")).isEqualTo(byBox.path("marks"));
    }

    @Test
    void theSameRequestAsMultipartGivesTheSameAnswer() throws IOException {
        String request = JSON.writeValueAsString(Map.of("question", LABELS, "marks", TWO_BOXES));

        String body = given().multiPart("image", "shapes.png", Pictures.shapes(), "image/png")
                .multiPart("request", request, "application/json")
                .post("/v1/understand")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(JSON.readTree(body).path("marks"))
                .isEqualTo(ask(Pictures.shapes(), LABELS, TWO_BOXES).path("marks"));
    }

    @Test
    void tokensMarksAndTheWholeReplyStreamInOrder() throws Exception {
        List<String> events = new ArrayList<>();
        List<String> data = new ArrayList<>();
        stream(request(Pictures.shapes(), LABELS, TWO_BOXES), events, data);

        assertThat(events.getFirst()).isEqualTo("token");
        assertThat(events.getLast()).isEqualTo("done");
        assertThat(events.stream().filter("mark"::equals)).hasSize(2);
        JsonNode done = JSON.readTree(data.getLast());
        var text = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).equals("token")) {
                text.append(JSON.readTree(data.get(i)).path("text").asText());
            }
        }
        assertThat(text.toString().strip()).isEqualTo(done.path("answer").asText());
        assertThat(done.path("marks")).hasSize(2);
    }

    /** Nano was never shown a photograph: what it says is not looked at, only that it speaks of the marks one by one. */
    @Test
    void realPicturesAreAnsweredMarkByMark() throws IOException {
        Path items = Pictures.shared().resolve("data/mdvp-bench/items.jsonl");
        assumeTrue(Files.exists(items), items + " is not here: real pictures are not part of the repository");
        int asked = 0;
        int answered = 0;
        try (Stream<String> lines = Files.lines(items)) {
            for (String line : lines.limit(12).toList()) {
                JsonNode item = JSON.readTree(line);
                Path picture = items.resolveSibling(item.path("image").asText());
                List<Map<String, Object>> marks = marks(item);
                String kind = item.has("points") ? "point" : "region";

                JsonNode reply = ask(
                        Files.readAllBytes(picture),
                        "Please identify the labels of each marked %s in the image.".formatted(kind),
                        marks);

                List<Integer> numbers = reply.path("marks").findValues("mark").stream()
                        .map(JsonNode::asInt)
                        .toList();
                assertThat(numbers).as(line).doesNotHaveDuplicates().isSorted().isNotEmpty();
                assertThat(numbers.getFirst()).as(line).isPositive();
                assertThat(numbers.getLast()).as(line).isLessThanOrEqualTo(marks.size());
                assertThat(reply.path("answer").asText()).as(line).isNotBlank();
                asked += marks.size();
                answered += numbers.size();
            }
        }
        assertThat(answered).isGreaterThanOrEqualTo(asked * 9 / 10);
    }

    /** The benchmark's boxes are x, y, width, height; a few reach a pixel past the picture's edge as published. */
    private static List<Map<String, Object>> marks(JsonNode item) {
        List<Map<String, Object>> marks = new ArrayList<>();
        for (JsonNode box : item.path("bbox")) {
            double x = box.path(0).asDouble();
            double y = box.path(1).asDouble();
            double right = x + Math.max(1, box.path(2).asDouble() - 1);
            double bottom = y + Math.max(1, box.path(3).asDouble() - 1);
            marks.add(Map.of("box", List.of(x, y, right, bottom)));
        }
        for (JsonNode point : item.path("points")) {
            marks.add(Map.of(
                    "point", List.of(point.path(0).asDouble(), point.path(1).asDouble())));
        }
        return marks.subList(0, Math.min(10, marks.size()));
    }

    private static Map<String, Object> request(byte[] picture, String question, List<Map<String, Object>> marks) {
        return Map.of("image", Pictures.base64(picture), "question", question, "marks", marks);
    }

    private static JsonNode ask(byte[] picture, String question, List<Map<String, Object>> marks) {
        String body = given().contentType(ContentType.JSON)
                .body(request(picture, question, marks))
                .post("/v1/understand")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stream(Map<String, Object> request, List<String> events, List<String> data) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var http = HttpRequest.newBuilder(
                            URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/v1/understand"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "text/event-stream")
                    .timeout(Duration.ofMinutes(2))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                    .build();
            HttpResponse<Stream<String>> reply = client.send(http, HttpResponse.BodyHandlers.ofLines());
            assertThat(reply.statusCode()).isEqualTo(200);
            reply.body().forEach(line -> {
                if (line.startsWith("event:")) {
                    events.add(line.substring("event:".length()).strip());
                } else if (line.startsWith("data:")) {
                    data.add(line.substring("data:".length()).strip());
                }
            });
        }
    }
}
