package ai.sphinxv.functions.ask;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
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
        for (String example : List.of(
                Examples.BOX,
                Examples.POINT,
                Examples.STROKE,
                Examples.POLYGON,
                Examples.MASK,
                Examples.WHOLE_PICTURE)) {
            assertThat(post("/v1/understand", example).jsonPath().getString("answer"))
                    .isNotNull();
        }
    }

    /** They cover what the box does, from their first to their last column and row. */
    @Test
    void polygonsAndMasksAreReadAsTheBoxAroundThem() {
        var box = post("/v1/understand", BOX).jsonPath();
        String mask = "{\"size\":[140,160],\"counts\":[5640,61,%s8299]}".formatted("79,61,".repeat(60));
        for (String mark : List.of(
                "{\"polygon\":[[40,70],[70,40],[100,70],[70,100]]}",
                "{\"polygons\":[[[40,40],[60,40],[60,60]],[[80,80],[100,80],[100,100]]]}",
                "{\"mask\":%s}".formatted(mask),
                "{\"mask\":\"data:image/png;base64,%s\"}".formatted(Drawn.mask(40, 40, 101, 101)))) {
            for (String path : List.of("/v1/understand", "/understand")) {
                var reply = post(path, Drawn.request(mark)).jsonPath();

                assertThat(reply.getString("answer")).as(mark).isEqualTo(box.getString("answer"));
                assertThat(reply.getInt("usage.promptTokens")).as(mark).isEqualTo(box.getInt("usage.promptTokens"));
            }
        }
    }

    @Test
    void aQuestionAboutTheWholePictureIsAnsweredWithoutMarks() {
        String whole = Drawn.request("").replace("\"marks\":[]", "\"scope\":\"image\"");

        for (String path : List.of("/v1/understand", "/understand")) {
            var reply = post(path, whole).jsonPath();

            assertThat(reply.getString("answer")).isNotBlank();
            assertThat(reply.getList("marks")).isEmpty();
        }
    }

    @Test
    void formsOfMarksStandSideBySide() {
        var reply = post(
                        "/v1/understand",
                        Drawn.request("{\"point\":[70,70]},{\"box\":[40,40,100,100]},"
                                + "{\"polygon\":[[40,70],[70,40],[100,70],[70,100]]},"
                                + "{\"mask\":\"%s\"}".formatted(Drawn.mask(40, 40, 101, 101))))
                .jsonPath();

        assertThat(reply.getString("answer")).isNotBlank();
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
