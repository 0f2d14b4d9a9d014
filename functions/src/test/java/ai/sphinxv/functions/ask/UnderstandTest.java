package ai.sphinxv.functions.ask;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of the real model at the doors of this module; what it says is measured elsewhere. */
@QuarkusTest
class UnderstandTest {
    private static final String BOX = Drawn.request("{\"box\":[40,40,100,100]}");

    @Inject
    LoadedModel model;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void aReplySaysWhoAnsweredAndWhatItTook() {
        var reply = post("/v1/understand", BOX).jsonPath();

        assertThat(reply.getString("answer")).isNotBlank();
        assertThat(reply.getString("model")).isEqualTo(model.get().model());
        assertThat(reply.getInt("usage.promptTokens")).isPositive();
        assertThat(reply.getInt("usage.answerTokens")).isPositive();
        assertThat(reply.getString("stop")).isIn("stop", "length");
    }

    @Test
    void theFunctionGivesTheSameAnswer() {
        assertThat(post("/understand", BOX).jsonPath().getString("answer"))
                .isEqualTo(post("/v1/understand", BOX).jsonPath().getString("answer"));
    }

    @Test
    void aFormGivesTheSameAnswer() {
        String answer = given().multiPart("image", "square.png", Drawn.png())
                .multiPart("request", BOX.replaceFirst("\"image\":\"[^\"]*\",", ""), "application/json")
                .post("/v1/understand")
                .jsonPath()
                .getString("answer");

        assertThat(answer).isEqualTo(post("/v1/understand", BOX).jsonPath().getString("answer"));
    }

    @Test
    void aKnownPictureIsAskedAboutByItsDigest() {
        String mark = "{\"box\":[41,41,99,99]}";
        var first = post("/v1/understand", Drawn.request(mark)).jsonPath();

        for (String path : new String[] {"/v1/understand", "/understand"}) {
            var second = post(
                            path,
                            BOX.replaceFirst("\"image\":\"[^\"]*\"", "\"image\":\"" + first.getString("image") + "\""))
                    .jsonPath();

            assertThat(second.getString("answer")).isEqualTo(first.getString("answer"));
            assertThat(second.getString("image")).isEqualTo(first.getString("image"));
            assertThat(second.getInt("timings.imageMs")).isZero();
        }
    }

    @Test
    void aPictureThatIsNotKnownHasToBeSent() {
        String digest = "sha256:" + "0".repeat(64);

        var reply = given().contentType("application/json")
                .body(BOX.replaceFirst("\"image\":\"[^\"]*\"", "\"image\":\"" + digest + "\""))
                .post("/v1/understand");

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.jsonPath().getString("detail"))
                .isEqualTo("no picture %s is known here, or not any more: send the file itself".formatted(digest));
    }

    @Test
    void whatIsShownInTheApiDescriptionIsAnswered() {
        for (String example : new String[] {Examples.BOX, Examples.POINT, Examples.STROKE}) {
            assertThat(post("/v1/understand", example).jsonPath().getString("answer"))
                    .isNotNull();
        }
    }

    @Test
    void anAnswerIsCutAtItsLimit() {
        var reply = post("/v1/understand", BOX.replaceFirst("\\{", "{\"maxTokens\":1,"))
                .jsonPath();

        assertThat(reply.getString("stop")).isEqualTo("length");
        assertThat(reply.getInt("usage.answerTokens")).isEqualTo(1);
    }

    @Test
    void aQuestionThatDoesNotFitTheModelIsRefused() {
        var reply = given().contentType("application/json")
                .body(BOX.replaceFirst("\\{", "{\"maxTokens\":1024,"))
                .post("/v1/understand");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.jsonPath().getString("detail")).contains("tokens");
    }

    @Test
    void answersAreCounted() {
        post("/v1/understand", BOX);

        assertThat(given().get("/q/metrics").asString())
                .contains(
                        "sphinxv_generation_tokens_total",
                        "sphinxv_e2e_request_latency_seconds_count",
                        "sphinxv_time_to_first_token_seconds_count",
                        "sphinxv_visual_prompts_per_request_count");
    }

    private static io.restassured.response.Response post(String path, String body) {
        var reply = given().contentType("application/json").body(body).post(path);
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        return reply;
    }
}
