package ai.sphinxv.functions.batch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import ai.sphinxv.functions.ask.ImageDigest;
import ai.sphinxv.functions.picture.Outside;
import ai.sphinxv.functions.store.FolderStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture named by its URL, at every door. */
@QuarkusTest
@TestProfile(Outside.Fetched.class)
class PictureByUrlTest {
    private static final String DIGEST = ImageDigest.of(Drawn.png()).toString();
    private static final String QUESTION =
            "\"question\":\"What is <Region 1>?\",\"marks\":[{\"box\":[40,40,100,100]}],\"maxTokens\":8";

    @Inject
    LoadedModel model;

    @Inject
    ItemAnswers queue;

    @Inject
    BatchJob job;

    @Inject
    ObjectMapper json;

    @TempDir
    Path folder;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void bothWaysToWriteItAreRead() {
        String answer = answer(post("/v1/understand", "\"" + Drawn.base64() + "\""));
        for (String image : images("/square.png")) {
            for (String path : List.of("/v1/understand", "/understand")) {
                Response reply = post(path, image);
                assertThat(answer(reply)).isEqualTo(answer);
                assertThat(reply.jsonPath().getString("image")).isEqualTo(DIGEST);
            }
            assertThat(post("/encode-image", image).jsonPath().getString("image"))
                    .isEqualTo(DIGEST);
        }
    }

    @Test
    void whatIsFetchedIsReadAsAnyOtherFile() {
        Response words = post("/v1/understand", "\"" + Outside.url("/words.txt") + "\"");
        Response nothing = post("/v1/understand", "\"" + Outside.url("/nothing") + "\"");
        Response inside = post("/v1/understand", "{\"url\":\"http://169.254.169.254/latest/meta-data/\"}");

        assertThat(words.statusCode()).isEqualTo(400);
        assertThat(words.jsonPath().getString("detail")).startsWith("the image is not a JPEG");
        assertThat(nothing.statusCode()).isEqualTo(424);
        assertThat(nothing.jsonPath().getString("title")).isEqualTo("Image not fetched");
        assertThat(nothing.asString()).contains("status 404").doesNotContain("secret");
        assertThat(inside.statusCode()).isEqualTo(400);
        assertThat(inside.jsonPath().getString("detail")).contains("needs the name of a public host");
    }

    @Test
    void noUrlIsAMetricsTag() {
        post("/v1/understand", images("/square.png").getFirst());

        assertThat(given().get("/q/metrics").asString())
                .contains("sphinxv_pictures_by_url_total{result=\"fetched\"}")
                .doesNotContain("square.png", "images.example.com");
    }

    @Test
    void anEventTakesItToo() {
        Response event = given().contentType("application/cloudevents+json")
                .body(
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/test\",\"type\":\"ai.sphinxv.understand\",\"data\":{\"image\":{\"url\":\"%s\"},%s}}"
                                .formatted(Outside.url("/square.png"), QUESTION))
                .post("/events");

        assertThat(event.statusCode()).as(event.asString()).isEqualTo(200);
        assertThat(event.jsonPath().getString("data.image")).isEqualTo(DIGEST);
    }

    @Test
    void itemsOfAQueueAndOfAFolderTakeItToo() throws IOException {
        for (String image : images("/square.png")) {
            String item = "{\"custom_id\":\"a\",\"image\":%s,%s}".formatted(image, QUESTION);
            Files.writeString(folder.resolve("some.jsonl"), item + "\n");

            JsonNode queued = json.readTree(queue.answer(item));
            job.run(new FolderStore(folder));
            JsonNode written = json.readTree(Files.readString(folder.resolve("some.results.jsonl")));
            Files.delete(folder.resolve("some.results.jsonl"));

            for (JsonNode result : List.of(queued, written)) {
                assertThat(result.at("/reply/image").asText())
                        .as(result.toString())
                        .isEqualTo(DIGEST);
            }
        }
    }

    @Test
    void anObjectThatIsNoLinkIsNamed() {
        assertThat(detail("{\"url\":5}")).isEqualTo("image.url needs to be text");
        assertThat(detail("{\"url\":\"square.png\"}")).isEqualTo("image needs to be a URL");
        assertThat(detail("{}")).isEqualTo("image needs to be a URL");
        assertThat(detail("{\"href\":\"http://a.example\"}")).startsWith("image.href is not a field");
        assertThat(detail("[]")).isEqualTo("image needs to be text");
    }

    private static String detail(String image) {
        Response reply = post("/v1/understand", image);
        assertThat(reply.statusCode()).isEqualTo(400);
        return reply.jsonPath().getString("detail");
    }

    private static List<String> images(String path) {
        String url = "\"" + Outside.url(path) + "\"";
        return List.of(url, "{\"url\":" + url + "}");
    }

    private static Response post(String path, String image) {
        return given().contentType("application/json")
                .body("{\"image\":%s,%s}".formatted(image, QUESTION))
                .post(path);
    }

    private static String answer(Response reply) {
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        return reply.jsonPath().getString("answer");
    }
}
