package ai.sphinxv.functions.ask;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Admission;
import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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

    @Inject
    Admission admission;

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

    @Test
    void aTenantWithItsShareOfThoseThatWaitIsSentAwayAndOthersAreNot() throws Exception {
        int turns = 2;
        int share = 8; // half of the places
        var held = new CountDownLatch(1);
        try (var threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < turns + share; i++) {
                threads.execute(() -> admission.run("one", () -> awaited(held)));
            }
            for (int tries = 0; tries < 1000 && admission.waiting() < share; tries++) {
                Thread.sleep(5);
            }

            var sent = post("one", BOX);
            var waits = given().contentType("application/json")
                    .header("X-Tenant", "other")
                    .header("Prefer", "wait=1")
                    .body(BOX)
                    .post("/v1/understand");
            held.countDown();

            assertThat(sent.statusCode()).isEqualTo(429);
            assertThat(sent.header("Retry-After")).matches("[1-9]\\d?");
            assertThat(sent.jsonPath().getString("detail"))
                    .isEqualTo("8 of your requests are waiting already, which is your share of the 16 that may");
            assertThat(waits.statusCode()).isEqualTo(504);
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response post(String tenant, String body) {
        return given().contentType("application/json")
                .header("X-Tenant", tenant)
                .body(body)
                .post("/v1/understand");
    }
}
