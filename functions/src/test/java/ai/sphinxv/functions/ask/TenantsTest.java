package ai.sphinxv.functions.ask;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Behind a gateway that says whose a request is. */
@QuarkusTest
@TestProfile(TenantsTest.BehindGateway.class)
class TenantsTest {
    private static final String BOX = Drawn.request("{\"box\":[40,40,100,100]}");

    /** Names the header. */
    public static class BehindGateway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sphinxv.images.tenant-header", "X-Tenant");
        }
    }

    @Inject
    LoadedModel model;

    @Test
    void aRequestWithoutTheHeaderIsRefused() {
        var reply = given().contentType("application/json").body(BOX).post("/v1/understand");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.jsonPath().getString("detail"))
                .isEqualTo("the header X-Tenant is missing: it says whose request this is");
    }

    @Test
    void aTenantsPictureIsItsOwn() throws InterruptedException {
        ModelAtHand.await(model);
        String digest = post("one", BOX).jsonPath().getString("image");
        String again = BOX.replaceFirst("\"image\":\"[^\"]*\"", "\"image\":\"" + digest + "\"");

        assertThat(post("one", again).statusCode()).isEqualTo(200);
        assertThat(post("other", again).statusCode()).isEqualTo(404);
    }

    private static Response post(String tenant, String body) {
        return given().contentType("application/json")
                .header("X-Tenant", tenant)
                .body(body)
                .post("/v1/understand");
    }
}
