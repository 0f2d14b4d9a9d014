package ai.sphinxv.functions.lambda;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.LoadedModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;
import org.crac.Core;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through Quarkus' mock of Lambda's event server: each request becomes an event of API Gateway and back. */
@QuarkusTest
class LambdaTest {
    @Inject
    LoadedModel model;

    @Inject
    MeterRegistry measured;

    @Inject
    SnapshotPriming priming;

    @Inject
    ObjectMapper json;

    @BeforeEach
    void modelIsReady() {
        model.await();
    }

    @Test
    void theApiAnswers() throws IOException {
        JsonNode reply = body(post("/v1/understand", request()));

        assertThat(reply.path("marks")).hasSize(1);
    }

    @Test
    void theFunctionsAnswer() throws IOException {
        JsonNode seen = body(post("/encode-image", request()));

        assertThat(seen.path("image").asText()).startsWith("sha256:");
        assertThat(body(post("/understand", request())).path("image")).isEqualTo(seen.path("image"));
    }

    @Test
    void whoAsksForEventsGetsTheWholeAnswer() throws IOException {
        Response reply = given().contentType(ContentType.JSON)
                .accept("text/event-stream")
                .body(request())
                .post("/v1/understand");

        assertThat(reply.contentType()).startsWith("application/json");
        assertThat(body(reply).path("marks")).hasSize(1);
    }

    @Test
    void aRefusalKeepsItsStatusAndWords() {
        Response refusal = post("/v1/understand", "{\"image\": 5}");

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.jsonPath().getString("detail")).isEqualTo("image needs to be text");
    }

    @Test
    void aRawEventOfTheGatewayIsTaken() throws IOException {
        var event = Map.of(
                "version",
                "2.0",
                "rawPath",
                "/v1/understand",
                "headers",
                Map.of("content-type", "application/json"),
                "requestContext",
                Map.of("http", Map.of("method", "POST", "path", "/v1/understand")),
                "body",
                request(),
                "isBase64Encoded",
                false);

        JsonNode reply = body(given().contentType(ContentType.JSON).body(event).post("/_lambda_"));

        assertThat(reply.path("statusCode").asInt()).isEqualTo(200);
        assertThat(json.readTree(reply.path("body").asText()).path("marks")).hasSize(1);
    }

    @Test
    void beforeASnapshotTheModelIsAskedOnceOfEachKind() {
        double before = answers();

        priming.beforeCheckpoint(Core.getGlobalContext());

        assertThat(answers()).isEqualTo(before + 3);
    }

    private double answers() {
        return measured.find("sphinxv.request.success").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private static Response post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path);
    }

    private JsonNode body(Response reply) throws IOException {
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        return json.readTree(reply.asString());
    }

    /** A red square on a light ground, marked. */
    private static String request() throws IOException {
        var picture = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setColor(new Color(235, 235, 228));
        pen.fillRect(0, 0, 64, 64);
        pen.setColor(new Color(200, 40, 40));
        pen.fillRect(16, 16, 32, 32);
        pen.dispose();
        var file = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", file);
        return "{\"image\":\"%s\",\"question\":\"What is <Region 1>?\",\"marks\":[{\"box\":[16,16,48,48]}],\"maxTokens\":12}"
                .formatted(Base64.getEncoder().encodeToString(file.toByteArray()));
    }
}
