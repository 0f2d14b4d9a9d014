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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deployment that takes more marks than its model has slots: some after others, one answer. */
@QuarkusTest
@TestProfile(ManyMarksTest.UpTo23.class)
class ManyMarksTest {
    public static class UpTo23 implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sphinxv.limits.marks", "23");
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
    void allMarksAreInOneAnswerWithTheirNumbers() {
        var one = post(boxes(1)).jsonPath();
        var many = post(boxes(23)).jsonPath();

        assertThat(many.getList("marks.mark")).contains(1, 11, 21, 23).doesNotHaveDuplicates();
        assertThat(many.getList("marks.text")).contains(one.getString("marks[0].text"));
        assertThat(many.getInt("usage.promptTokens")).isGreaterThan(2 * one.getInt("usage.promptTokens"));
    }

    @Test
    void moreThanTheDeploymentTakesAreRefused() {
        var refusal = post(boxes(24));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.jsonPath().getString("detail")).isEqualTo("a question takes 1 to 23 visual prompts, got 24");
    }

    /** Which of them are looked at together depends on the words, which the step in between does not read. */
    @Test
    void theStepsByThemselvesTakeAsManyAsThereAreSlots() {
        var seen = given().contentType("application/json").body(boxes(11)).post("/encode-image");

        var refusal =
                given().contentType("application/json").body(seen.asString()).post("/encode-prompts");

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.jsonPath().getString("detail"))
                .isEqualTo(
                        "the steps by themselves take at most 10 visual prompts, got 11: ask for the whole answer at once");
    }

    private static String boxes(int count) {
        return Drawn.request((BOX + ",").repeat(count - 1) + BOX);
    }

    private static Response post(String body) {
        return given().contentType("application/json").body(body).post("/v1/understand");
    }
}
