package ai.sphinxv.functions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MeasuredTest {
    /** vLLM's names behind our prefix, so that its dashboards need one word changed; and what only we have. */
    private static final List<String> NAMES = List.of(
            "num_requests_running",
            "num_requests_waiting",
            "time_to_first_token_seconds_bucket",
            "inter_token_latency_seconds_bucket",
            "e2e_request_latency_seconds_bucket",
            "request_queue_time_seconds_bucket",
            "request_prefill_time_seconds_bucket",
            "request_decode_time_seconds_bucket",
            "prompt_tokens_total",
            "generation_tokens_total",
            "request_success_total{finished_reason=\"stop\"}",
            "image_decode_seconds_bucket",
            "image_embedding_cache_queries_total",
            "image_embedding_cache_hits_total",
            "visual_prompts_per_request_sum",
            "cold_start_seconds_sum{phase=\"doors\"}",
            "cold_start_seconds_sum{phase=\"model\"}",
            "cold_start_seconds_sum{phase=\"ready\"}");

    @Inject
    LoadedModel model;

    @Test
    void anAnswerIsMeasuredUnderTheNamesThatModelServersShare() throws InterruptedException {
        ModelAtHand.await(model);
        String before = metrics();
        given().contentType(ContentType.JSON)
                .body(Drawn.request("{\"box\":[40,40,100,100]}"))
                .post("/v1/understand")
                .then()
                .statusCode(200);

        String after = metrics();

        for (String name : NAMES) {
            assertThat(after.lines()).as(name).anyMatch(line -> line.startsWith("sphinxv_" + name));
        }
        assertThat(value(after, "sphinxv_generation_tokens_total"))
                .isGreaterThan(value(before, "sphinxv_generation_tokens_total"));
        assertThat(value(after, "sphinxv_image_embedding_cache_queries_total"))
                .isEqualTo(value(before, "sphinxv_image_embedding_cache_queries_total") + 1);
        assertThat(value(after, "sphinxv_visual_prompts_per_request_sum"))
                .isEqualTo(value(before, "sphinxv_visual_prompts_per_request_sum") + 1);
    }

    private static String metrics() {
        return given().get("/q/metrics").asString();
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
