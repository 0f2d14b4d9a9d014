package ai.sphinxv.functions;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final Pattern NAME = Pattern.compile("sphinxv_[a-z0-9_]+");

    @Inject
    LoadedModel model;

    @Inject
    Measured measured;

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

    @Test
    void theDashboardAndTheScalersAskOnlyForWhatIsMeasured() throws Exception {
        ModelAtHand.await(model);
        given().contentType(ContentType.JSON)
                .body(Drawn.request("{\"box\":[40,40,100,100]}"))
                .post("/v1/understand")
                .then()
                .statusCode(200);
        measured.rejected(BusyException.Reason.QUEUE_FULL); // what does not happen here
        measured.cancelled(Measured.Phase.DECODE);
        measured.batchItem(200);
        String metrics = metrics();

        for (String file :
                List.of("grafana/dashboard.json", "keda/http.yaml", "helm/sphinxv/templates/scaledobject.yaml")) {
            Set<String> asked = NAME.matcher(Files.readString(Path.of("../infra", file)))
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toSet());
            assertThat(asked).as(file).isNotEmpty();
            for (String name : asked) {
                assertThat(metrics.lines())
                        .as(file + " asks for " + name)
                        .anyMatch(line -> line.startsWith(name + " ") || line.startsWith(name + "{"));
            }
        }
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
