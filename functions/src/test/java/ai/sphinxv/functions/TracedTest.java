package ai.sphinxv.functions;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.Color;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a collector of traces at hand, which hears over OTLP what it would hear from a deployment. */
@QuarkusTest
@TestProfile(TracedTest.Collected.class)
class TracedTest {
    /** A deployment that names an endpoint. */
    public static final class Collected implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OtlpReceiver.class));
        }
    }

    private static final String CALLER = "00f067aa0ba902b7";
    private static final Random RANDOM = new Random();

    @Inject
    LoadedModel model;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void anAnswerIsASpanForEachOfItsStepsInTheTraceOfItsCaller() throws InterruptedException {
        String trace = newTrace();

        byte[] unseen = Drawn.png(Color.ORANGE);
        from(trace)
                .body(Drawn.request(unseen, "{\"box\":[40,40,100,100]}"))
                .post("/v1/understand")
                .then()
                .statusCode(200);

        Spans spans = spans(trace, "POST /v1/understand");
        Span request = spans.of("POST /v1/understand");
        Span answer = spans.of("sphinxv.understand");
        assertThat(id(request.getParentSpanId())).isEqualTo(CALLER);
        assertThat(answer.getParentSpanId()).isEqualTo(request.getSpanId());
        List<Span> steps = List.of(
                spans.of("sphinxv.admission"),
                spans.of("sphinxv.image_decode"),
                spans.of("sphinxv.vision_encoder"),
                spans.of("sphinxv.prompt_encoder"),
                spans.of("sphinxv.prefill"),
                spans.of("sphinxv.decode"));
        long before = answer.getStartTimeUnixNano() - 1_000_000; // of the wait the start is reckoned back
        for (Span step : steps) {
            assertThat(step.getParentSpanId()).as(step.getName()).isEqualTo(answer.getSpanId());
            assertThat(step.getStartTimeUnixNano()).as(step.getName()).isGreaterThanOrEqualTo(before);
            assertThat(step.getEndTimeUnixNano())
                    .as(step.getName())
                    .isBetween(step.getStartTimeUnixNano(), answer.getEndTimeUnixNano() + 1_000_000);
            before = step.getStartTimeUnixNano();
        }
        assertThat(attributes(answer))
                .containsEntry("sphinxv.marks", "1")
                .containsEntry("sphinxv.image.cache_hit", "false")
                .containsEntry("gen_ai.request.model", model.get().model())
                .containsKey("sphinxv.finish_reason");
        assertThat(attributes(spans.of("sphinxv.vision_encoder"))).containsEntry("sphinxv.provider", "cpu");
        assertThat(attributes(spans.of("sphinxv.prefill")))
                .containsEntry("sphinxv.tokens", attribute(answer, "gen_ai.usage.input_tokens"));
        assertThat(attributes(spans.of("sphinxv.decode")))
                .containsEntry("sphinxv.tokens", attribute(answer, "gen_ai.usage.output_tokens"));
    }

    @Test
    void ofAKnownPictureNoEncoderIsSeen() throws InterruptedException {
        ask(newTrace(), "{\"box\":[40,40,90,90]}").then().statusCode(200);
        String trace = newTrace();

        ask(trace, "{\"box\":[40,40,90,90]}").then().statusCode(200);

        Spans spans = spans(trace, "POST /v1/understand");
        assertThat(attributes(spans.of("sphinxv.understand"))).containsEntry("sphinxv.image.cache_hit", "true");
        assertThat(spans.byName()).containsKeys("sphinxv.prompt_encoder", "sphinxv.decode");
        assertThat(spans.byName()).doesNotContainKeys("sphinxv.image_decode", "sphinxv.vision_encoder");
    }

    @Test
    void whatIsStreamedBelongsToItsRequestToo() throws InterruptedException {
        String trace = newTrace();

        from(trace)
                .accept("text/event-stream")
                .body(Drawn.request("{\"point\":[70,70]}"))
                .post("/v1/understand")
                .then()
                .statusCode(200);

        Spans spans = spans(trace, "POST /v1/understand");
        assertThat(spans.of("sphinxv.understand").getParentSpanId())
                .isEqualTo(spans.of("POST /v1/understand").getSpanId());
    }

    @Test
    void ofARefusalTheKindIsToldAndNoneOfItsWords() throws InterruptedException {
        String trace = newTrace();

        ask(trace, "{\"point\":[4711,70]}").then().statusCode(400);

        Span refused = spans(trace, "POST /v1/understand").of("sphinxv.understand");
        assertThat(refused.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(refused)).containsEntry("error.type", "InvalidPromptException");
        assertThat(refused.toString()).doesNotContain("4711");
    }

    @Test
    void aTraceGoesOnFromEventToEvent() throws InterruptedException {
        String trace = newTrace();
        Response seen = event(trace, CALLER, "ai.sphinxv.encode-image")
                .body(Drawn.request("{\"box\":[40,40,100,100]}"))
                .post("/events");
        String carried = seen.header("ce-traceparent");
        assertThat(carried).as(seen.asString()).startsWith("00-" + trace + "-").doesNotContain(CALLER);

        Response marked = event(trace, carried.split("-", 4)[2], "ai.sphinxv.encode-prompts")
                .body(seen.asByteArray())
                .post("/events");

        assertThat(marked.statusCode()).as(marked.asString()).isEqualTo(200);
        List<Span> spans = OtlpReceiver.of(
                trace,
                came -> came.stream()
                                .filter(span -> span.getName().equals("sphinxv.event"))
                                .count()
                        == 2);
        Span first = spans.stream()
                .filter(span -> id(span.getParentSpanId()).equals(CALLER))
                .findFirst()
                .orElseThrow();
        assertThat(carried).isEqualTo("00-%s-%s-01".formatted(trace, id(first.getSpanId())));
        assertThat(first.getLinksList()).as("the request that brought it").hasSize(1);
        assertThat(spans)
                .anyMatch(span -> span.getName().equals("sphinxv.event")
                        && span.getParentSpanId().equals(first.getSpanId()));
        assertThat(spans).extracting(Span::getName).contains("sphinxv.encode-image", "sphinxv.encode-prompts");
    }

    private static Response ask(String trace, String mark) {
        return from(trace).body(Drawn.request(mark)).post("/v1/understand");
    }

    private static RequestSpecification from(String trace) {
        return given().contentType(ContentType.JSON).header("traceparent", "00-%s-%s-01".formatted(trace, CALLER));
    }

    private static RequestSpecification event(String trace, String parent, String type) {
        return given().contentType(ContentType.JSON)
                .header("ce-specversion", "1.0")
                .header("ce-id", newTrace())
                .header("ce-source", "/test")
                .header("ce-type", type)
                .header("ce-traceparent", "00-%s-%s-01".formatted(trace, parent));
    }

    /** Of one trace. */
    private record Spans(Map<String, Span> byName) {
        Span of(String name) {
            return requireNonNull(byName.get(name), () -> name + " is not among " + byName.keySet());
        }
    }

    /** As soon as the last of them, that of the request, is there. */
    private static Spans spans(String trace, String last) throws InterruptedException {
        List<Span> spans = OtlpReceiver.of(
                trace, came -> came.stream().anyMatch(span -> span.getName().equals(last)));
        return new Spans(spans.stream().collect(Collectors.toMap(Span::getName, span -> span)));
    }

    private static String attribute(Span span, String name) {
        return requireNonNull(attributes(span).get(name));
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(
                        pair -> pair.getKey(), pair -> switch (pair.getValue().getValueCase()) {
                            case INT_VALUE -> Long.toString(pair.getValue().getIntValue());
                            case BOOL_VALUE -> Boolean.toString(pair.getValue().getBoolValue());
                            default -> pair.getValue().getStringValue();
                        }));
    }

    private static String newTrace() {
        byte[] id = new byte[16];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private static String id(ByteString id) {
        return OtlpReceiver.hex(id.toByteArray());
    }
}
