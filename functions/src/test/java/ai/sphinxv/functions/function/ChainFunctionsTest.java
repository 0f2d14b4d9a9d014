package ai.sphinxv.functions.function;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChainFunctionsTest {
    private static final String REQUEST = Drawn.request("{\"box\":[40,40,100,100]}");
    private static final String UNKNOWN = "sha256:" + "0".repeat(64);

    @Inject
    LoadedModel model;

    @Inject
    ObjectMapper json;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void threeFunctionsInARowAnswerAsOneDoes() throws JsonProcessingException {
        JsonNode whole = call("understand", request());

        JsonNode seen = call("encode-image", request());
        JsonNode marked = call("encode-prompts", seen);
        JsonNode answer = call("generate", marked);

        assertThat(seen.has("features")).isFalse();
        assertThat(seen.path("image")).isEqualTo(whole.path("image"));
        assertThat(answer.path("answer")).isEqualTo(whole.path("answer"));
        assertThat(answer.path("marks")).isEqualTo(whole.path("marks"));
        assertThat(answer.path("usage")).isEqualTo(whole.path("usage"));
    }

    @Test
    void featuresCanTravelWithTheMessage() throws JsonProcessingException {
        JsonNode seen = call("encode-image", request().put("carry", true));
        JsonNode marked = call("encode-prompts", seen);
        JsonNode answer = call("generate", marked);

        assertThat(seen.path("features").isTextual()).isTrue();
        assertThat(answer.path("answer"))
                .isEqualTo(call("understand", request()).path("answer"));
    }

    @Test
    void everyFormOfMarksTravelsWithTheMessage() throws JsonProcessingException {
        for (String marks : List.of(
                "\"marks\":[{\"polygon\":[[40,70],[70,40],[100,70],[70,100]]}]",
                "\"marks\":[{\"mask\":{\"size\":[140,160],\"counts\":[5640,60,16700]}}]",
                "\"marks\":[{\"mask\":\"%s\"}]".formatted(Drawn.mask(40, 40, 101, 101)),
                "\"scope\":\"image\"")) {
            JsonNode request = json.readTree(Drawn.request("").replace("\"marks\":[]", marks));

            JsonNode answer = call("generate", call("encode-prompts", call("encode-image", request)));

            JsonNode whole = call("understand", request);
            assertThat(answer.path("answer")).as(marks).isEqualTo(whole.path("answer"));
            assertThat(answer.path("usage")).as(marks).isEqualTo(whole.path("usage"));
        }
    }

    @Test
    void aPictureThatIsNotKnownHereIsToldSo() throws JsonProcessingException {
        Response refusal = post("encode-prompts", request().put("image", UNKNOWN));

        assertThat(refusal.statusCode()).isEqualTo(404);
        assertThat(refusal.jsonPath().getString("title")).isEqualTo("Unknown image");
    }

    @Test
    void aStepThatWasLeftOutIsNamed() throws JsonProcessingException {
        assertThat(detail("encode-prompts", request()))
                .isEqualTo("image needs to be what encode-image gave: sha256: and 64 hexadecimal digits");
        assertThat(detail("generate", request().put("image", UNKNOWN)))
                .isEqualTo("prompts is missing: it is what encode-prompts gave");
        assertThat(detail("encode-image", json.createObjectNode()))
                .isEqualTo("image is missing: send the file's bytes as base64, or as a data URL");
    }

    @Test
    void bodiesThatAreDamagedOrOfAnotherPictureAreRefused() throws JsonProcessingException {
        JsonNode seen = call("encode-image", request().put("carry", true));
        byte[] features = bytes(seen, "features");

        assertThat(detail("encode-prompts", with(seen, "features", Arrays.copyOf(features, 1000))))
                .isEqualTo("features is damaged, or nothing that this server gave");
        assertThat(detail("encode-prompts", ((ObjectNode) seen.deepCopy()).put("features", "§")))
                .isEqualTo("features needs to be base64");
        assertThat(detail("encode-prompts", ((ObjectNode) seen.deepCopy()).put("image", UNKNOWN)))
                .isEqualTo("features are not those of the picture that image names");

        JsonNode marked = call("encode-prompts", seen);
        var moreMarks = (ObjectNode) marked.deepCopy();
        moreMarks.withArray("marks").add(marked.path("marks").path(0).deepCopy());
        assertThat(detail("generate", moreMarks)).isEqualTo("prompts are not those of this picture and these marks");
    }

    @Test
    void aFieldThatIsMisspeltIsNamed() throws JsonProcessingException {
        assertThat(detail("encode-image", request().put("cary", true))).startsWith("cary is not a field; there are ");
    }

    private ObjectNode request() throws JsonProcessingException {
        return (ObjectNode) json.readTree(REQUEST);
    }

    private static ObjectNode with(JsonNode message, String field, byte[] value) {
        return ((ObjectNode) message.deepCopy()).put(field, value);
    }

    private static byte[] bytes(JsonNode message, String field) {
        return Base64.getDecoder().decode(message.path(field).textValue());
    }

    private String detail(String function, JsonNode message) throws JsonProcessingException {
        Response refusal = post(function, message);
        assertThat(refusal.statusCode()).as(refusal.asString()).isEqualTo(400);
        return refusal.jsonPath().getString("detail");
    }

    private JsonNode call(String function, JsonNode message) throws JsonProcessingException {
        Response reply = post(function, message);
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        return json.readTree(reply.asString());
    }

    private Response post(String function, JsonNode message) throws JsonProcessingException {
        return given().contentType(ContentType.JSON)
                .body(json.writeValueAsString(message))
                .post("/" + function);
    }
}
