package ai.sphinxv.functions.lambda.event;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.LoadedModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through Quarkus' mock of Lambda's event server. */
@QuarkusTest
class EventFunctionTest {
    /** A light picture of 8x8 pixels. */
    private static final String PICTURE =
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGN49ugOVsQwtCQACyapAb3h"
                    + "VOsAAAAASUVORK5CYII=";

    @Inject
    LoadedModel model;

    @Inject
    ObjectMapper json;

    @BeforeEach
    void modelIsReady() {
        model.await();
    }

    @Test
    void aStepsReplyIsTheNextStepsEvent() throws IOException {
        JsonNode seen = reply(invoke(event("ai.sphinxv.encode-image")));
        JsonNode marked = reply(invoke(seen));
        JsonNode answered = reply(invoke(marked));

        assertThat(seen.path("type").asText()).isEqualTo("ai.sphinxv.encode-prompts");
        assertThat(marked.path("type").asText()).isEqualTo("ai.sphinxv.generate");
        assertThat(answered.path("type").asText()).isEqualTo("ai.sphinxv.answered");
        assertThat(answered.path("data").path("model").asText())
                .isEqualTo(model.get().model());
    }

    @Test
    void whatIsNoEventFailsTheInvocationInOurWords() {
        Response refused = invoke(json.createObjectNode().put("id", "1"));

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.asString()).contains("this is no CloudEvent 1.0");
    }

    private ObjectNode event(String type) throws IOException {
        var event = json.createObjectNode();
        event.put("specversion", "1.0").put("id", "1").put("source", "/shop").put("type", type);
        event.put("datacontenttype", "application/json");
        event.set("data", json.readTree("""
                {"image":"%s","question":"What is <Region 1>?","marks":[{"box":[1,1,6,6]}],"maxTokens":4}\
                """.formatted(PICTURE)));
        return event;
    }

    private static Response invoke(JsonNode event) {
        return given().contentType("application/json").body(event.toString()).post("/_lambda_");
    }

    private JsonNode reply(Response reply) throws IOException {
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        return json.readTree(reply.asString());
    }
}
