package ai.sphinxv;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be answered is refused with a problem that says what was wrong; and the next request is answered. */
@QuarkusIntegrationTest
class BadInputIT {
    private static final String PICTURE = Pictures.base64(Pictures.shapes());

    @BeforeEach
    void waitUntilReady() throws InterruptedException {
        Ready.await(URI.create(RestAssured.baseURI + ":" + RestAssured.port));
    }

    @AfterEach
    void theApplicationStillAnswers() {
        assertThat(post(request(PICTURE, "\"What is <Mark 1>?\"", "[{\"point\":[80,70]}]"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFileThatIsNoPictureIsRefused() {
        refused(
                request(Pictures.base64("hello".getBytes(StandardCharsets.UTF_8)), "\"What?\"", "[{\"point\":[1,1]}]"),
                "image");
    }

    @Test
    void aPictureCutOffInTheMiddleIsRefused() {
        byte[] whole = Pictures.shapes();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        refused(request(Pictures.base64(half), "\"What?\"", "[{\"point\":[1,1]}]"), "damaged");
    }

    @Test
    void anEmptyUploadIsRefused() {
        Response reply = given().multiPart("image", "empty.png", new byte[0], "image/png")
                .multiPart("request", "{\"question\":\"What?\",\"marks\":[{\"point\":[1,1]}]}", "application/json")
                .post("/v1/understand");
        problem(reply, "0 bytes");
    }

    @Test
    void aQuestionWithoutMarksIsRefused() {
        refused(request(PICTURE, "\"What?\"", "[]"), "1 to 10");
    }

    @Test
    void anEleventhMarkIsRefusedAndNotCut() {
        String eleven =
                IntStream.range(0, 11).mapToObj(i -> "{\"point\":[5,5]}").collect(Collectors.joining(",", "[", "]"));
        refused(request(PICTURE, "\"What?\"", eleven), "11");
    }

    @Test
    void aMarkOutsideThePictureIsRefusedByItsNumber() {
        refused(request(PICTURE, "\"What?\"", "[{\"point\":[5,5]},{\"box\":[10,10,999,20]}]"), "mark 2");
    }

    @Test
    void aBoxTurnedInsideOutIsRefused() {
        refused(request(PICTURE, "\"What?\"", "[{\"box\":[50,50,10,10]}]"), "x1 < x2");
    }

    @Test
    void aMarkOfTwoKindsIsRefused() {
        refused(request(PICTURE, "\"What?\"", "[{\"point\":[1,1],\"box\":[1,1,2,2]}]"), "mark 1");
    }

    @Test
    void aMarkOfNoKindIsRefused() {
        refused(request(PICTURE, "\"What?\"", "[{}]"), "mark 1");
    }

    @Test
    void aWrongJsonTypeIsRefusedByTheFieldsName() {
        refused(request(PICTURE, "17", "[{\"point\":[1,1]}]"), "question");
        refused(request(PICTURE, "\"What?\"", "[{\"point\":\"here\"}]"), "point");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        refused("{\"image\": ", "JSON");
    }

    @Test
    void aQuestionWithoutWordsIsRefused() {
        refused(request(PICTURE, "\"  \"", "[{\"point\":[1,1]}]"), "question");
    }

    @Test
    void anotherMediaTypeAndAnotherMethodAreRefused() {
        assertThat(given().contentType("text/plain")
                        .body("hello")
                        .post("/v1/understand")
                        .statusCode())
                .isEqualTo(415);
        assertThat(given().get("/v1/understand").statusCode()).isEqualTo(405);
    }

    private static String request(String image, String question, String marks) {
        return "{\"image\":\"%s\",\"question\":%s,\"marks\":%s}".formatted(image, question, marks);
    }

    private static void refused(String body, String says) {
        problem(post(body), says);
    }

    private static Response post(String body) {
        return given().contentType("application/json").body(body).post("/v1/understand");
    }

    private static void problem(Response reply, String says) {
        assertThat(reply.statusCode()).as(reply.asString()).isBetween(400, 499);
        assertThat(reply.contentType()).startsWith("application/problem+json");
        assertThat(reply.jsonPath().getInt("status")).isEqualTo(reply.statusCode());
        assertThat(reply.jsonPath().getString("title")).isNotBlank();
        assertThat(reply.jsonPath().getString("detail")).contains(says);
        assertThat(reply.asString()).doesNotContain("Exception", "ai.sphinxv", "com.fasterxml", "\tat ");
    }
}
