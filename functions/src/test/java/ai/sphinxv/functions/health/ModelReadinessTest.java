package ai.sphinxv.functions.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.LoadedModel;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModelReadinessTest {
    @Inject
    LoadedModel model;

    @Test
    void readinessIsTheModelsAndNothingElse() throws InterruptedException {
        while (model.whyNotReady().filter(reason -> reason.endsWith("loading")).isPresent()) {
            Thread.sleep(20);
        }
        var reply = given().get("/q/health/ready");

        assertThat(reply.statusCode()).isEqualTo(model.whyNotReady().isEmpty() ? 200 : 503);
        assertThat(reply.jsonPath().getString("checks.find { it.name == 'model' }.data.reason"))
                .isEqualTo(model.whyNotReady().orElse(null));
    }

    @Test
    void aProcessWithoutAModelIsAliveAndSaysSoAtItsDoor() {
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void thePageAndTheApiDescriptionAreServed() {
        var page = given().get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';");
        assertThat(given().accept("application/json")
                        .get("/q/openapi?format=json")
                        .asString())
                .contains("/v1/understand", "data:image/png;base64", "application/problem+json");
        assertThat(given().get("/q/swagger-ui/").statusCode()).isEqualTo(200);
    }
}
