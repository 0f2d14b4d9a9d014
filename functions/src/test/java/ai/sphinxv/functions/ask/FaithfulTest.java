package ai.sphinxv.functions.ask;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deployment that takes what the released code takes and says of all else that it does not. */
@QuarkusTest
@TestProfile(FaithfulTest.Faithful.class)
class FaithfulTest {
    public static class Faithful implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sphinxv.mode", "faithful", "sphinxv.limits.marks", "20");
        }
    }

    private static final String BOX = "{\"box\":[40,40,100,100]}";

    @Inject
    LoadedModel model;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void marksOfOneKindAreAnswered() {
        String stroke = "{\"stroke\":[[40,40],[100,100]]}";

        assertThat(given().contentType("application/json")
                        .body(Drawn.request(BOX + "," + stroke))
                        .post("/v1/understand")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"marks\":[{\"box\":[40,40,100,100]},{\"point\":[1,1]}] | all marks of a question are points or all are regions, got 1 and 1",
                "\"marks\":[{\"polygon\":[[1,1],[9,1],[9,9]]}]          | a mark is a point, a box or a stroke, mark 1 is a polygon",
                "\"marks\":[{\"mask\":{\"size\":[140,160],\"counts\":[0,22400]}}] | a mark is a point, a box or a stroke, mark 1 is a mask",
                "\"scope\":\"image\"                                    | a question takes 1 to 10 visual prompts, got 0",
            })
    void whatTheReleasedCodeCannotTakeIsRefused(String marks, String detail) {
        refused(Drawn.request("").replace("\"marks\":[]", marks), "in the faithful mode " + detail);
    }

    @Test
    void moreMarksThanSlotsAreRefused() {
        refused(
                Drawn.request((BOX + ",").repeat(10) + BOX),
                "in the faithful mode a question takes 1 to 10 visual prompts, got 11");
    }

    private static void refused(String body, String detail) {
        for (String path : new String[] {"/v1/understand", "/understand"}) {
            var refusal = given().contentType("application/json").body(body).post(path);

            assertThat(refusal.statusCode()).as(refusal.asString()).isEqualTo(400);
            assertThat(refusal.jsonPath().getString("detail")).isEqualTo(detail);
        }
    }
}
