package ai.sphinxv.functions.event;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventResourceTest {
    private static final String REQUEST = Drawn.request("{\"box\":[40,40,100,100]}");
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    @Inject
    LoadedModel model;

    @Inject
    ObjectMapper json;

    @Inject
    MeterRegistry measured;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void aBinaryEventIsRepliedToByTheEventOfTheNextStep() throws IOException {
        Response seen = binary("1", "ai.sphinxv.encode-image").body(REQUEST).post("/events");

        assertThat(seen.statusCode()).as(seen.asString()).isEqualTo(200);
        assertThat(seen.header("ce-specversion")).isEqualTo("1.0");
        assertThat(seen.header("ce-type")).isEqualTo("ai.sphinxv.encode-prompts");
        assertThat(seen.header("ce-source")).isEqualTo("/sphinxv/encode-image");
        assertThat(seen.header("ce-subject")).isEqualTo("shelf");
        assertThat(seen.header("ce-traceparent")).isEqualTo("00-1-2-01");
        assertThat(seen.contentType()).startsWith("application/json");

        Response marked = forward(seen);
        Response answered = forward(marked);

        assertThat(answered.header("ce-type")).isEqualTo("ai.sphinxv.answered");
        assertThat(json.readTree(answered.asString()).path("marks")).hasSize(1);
    }

    @Test
    void aStructuredEventIsRepliedToInItsMode() throws IOException {
        String event = """
            {"specversion":"1.0","id":"s1","source":"/shop","type":"ai.sphinxv.understand","unknownext":"x",
             "datacontenttype":"application/json","data":%s}\
            """.formatted(REQUEST);

        Response reply = given().contentType(STRUCTURED).body(event).post("/events");

        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        assertThat(reply.contentType()).startsWith(STRUCTURED);
        JsonNode answered = json.readTree(reply.asString());
        assertThat(answered.path("type").asText()).isEqualTo("ai.sphinxv.answered");
        assertThat(answered.path("unknownext").asText()).isEqualTo("x");
        assertThat(answered.path("data").path("marks")).hasSize(1);
    }

    @Test
    void featuresTravelAsBytesInCbor() throws IOException {
        var cbor = new CBORMapper();
        var request = (ObjectNode) json.readTree(REQUEST);
        byte[] body = cbor.writeValueAsBytes(request.put("carry", true));

        byte[] reply = event("c1", "ai.sphinxv.encode-image")
                .contentType("application/cbor")
                .body(body)
                .post("/events")
                .then()
                .statusCode(200)
                .contentType("application/cbor")
                .extract()
                .asByteArray();

        JsonNode seen = cbor.readTree(reply);
        assertThat(seen.path("features").isBinary()).isTrue();
        byte[] asJson = json.writeValueAsBytes(seen);
        assertThat(reply.length).isLessThan(asJson.length * 4 / 5);
    }

    @Test
    void masksAndWholePicturesTravelInCborAsInJson() throws IOException {
        var cbor = new CBORMapper();
        for (String asked : new String[] {
            "\"marks\":[{\"mask\":{\"size\":[140,160],\"counts\":[5640,60,16700]}}]", "\"scope\":\"image\""
        }) {
            String request = Drawn.request("").replace("\"marks\":[]", asked);
            byte[] message = cbor.writeValueAsBytes(json.readTree(request));
            for (String step : new String[] {"encode-image", "encode-prompts", "generate"}) {
                message = event(step + asked.hashCode(), "ai.sphinxv." + step)
                        .contentType("application/cbor")
                        .body(message)
                        .post("/events")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray();
            }

            Response whole = binary("whole" + asked.hashCode(), "ai.sphinxv.understand")
                    .body(request)
                    .post("/events");
            assertThat(cbor.readTree(message).path("answer"))
                    .isEqualTo(json.readTree(whole.asString()).path("answer"));
        }
    }

    @Test
    void theSameEventAgainGetsTheSameReplyAndNoSecondPieceOfWork() {
        Response first = binary("twice", "ai.sphinxv.understand").body(REQUEST).post("/events");
        double answers = answers();
        Response second = binary("twice", "ai.sphinxv.understand").body(REQUEST).post("/events");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("ce-id")).isEqualTo(first.header("ce-id"));
        assertThat(second.header("ce-time")).isEqualTo(first.header("ce-time"));
        assertThat(answers()).isEqualTo(answers);
    }

    @Test
    void deliveredManyTimesAtOnceItIsWorkedOnOnce() {
        double before = answers();
        try (var senders = Executors.newFixedThreadPool(8)) {
            var replies = IntStream.range(0, 8)
                    .mapToObj(i -> senders.submit(() -> binary("often", "ai.sphinxv.understand")
                            .body(REQUEST)
                            .post("/events")
                            .header("ce-id")))
                    .map(reply -> {
                        try {
                            return reply.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
            assertThat(replies).hasSize(8).doesNotContainNull();
            assertThat(replies.stream().distinct()).hasSize(1);
        }
        assertThat(answers()).isEqualTo(before + 1);
    }

    @Test
    void aBatchIsRepliedToByABatchInItsOrder() throws IOException {
        String batch =
                "[%s,%s]".formatted(structured("b1", "encode-image", REQUEST), structured("b2", "understand", REQUEST));

        Response replies = given().contentType(BATCH).body(batch).post("/events");
        double answers = answers();
        Response again = given().contentType(BATCH).body(batch).post("/events");

        assertThat(replies.statusCode()).as(replies.asString()).isEqualTo(200);
        assertThat(replies.contentType()).startsWith(BATCH);
        assertThat(json.readTree(replies.asString()).findValuesAsText("type"))
                .containsExactly("ai.sphinxv.encode-prompts", "ai.sphinxv.answered");
        assertThat(again.asString()).isEqualTo(replies.asString());
        assertThat(answers()).isEqualTo(answers);
        assertThat(given().contentType(BATCH).body("[]").post("/events").asString())
                .isEqualTo("[]");
    }

    @Test
    void ofABatchTheEventThatIsWrongIsNamedAndTheOthersAreNotWorkedOnTwice() {
        String right = structured("b3", "understand", REQUEST);

        String missing = detail(given().contentType(BATCH).body("[" + right + ",{\"specversion\":\"1.0\"}]"));
        String wrong =
                detail(given().contentType(BATCH).body("[%s,%s]".formatted(right, structured("b4", "train", REQUEST))));
        double answers = answers();
        Response mended = given().contentType(BATCH).body("[" + right + "]").post("/events");

        assertThat(missing).startsWith("event 2: this is no CloudEvent 1.0");
        assertThat(wrong).startsWith("event 2: no event of this type is taken");
        assertThat(mended.statusCode()).isEqualTo(200);
        assertThat(answers()).isEqualTo(answers);
    }

    @Test
    void anIdThatCameBeforeWithOtherDataOrOfAnotherTypeIsToldSo() {
        binary("mine", "ai.sphinxv.understand").body(REQUEST).post("/events");

        String otherData = detail(binary("mine", "ai.sphinxv.understand").body(Drawn.request("{\"point\":[50,50]}")));
        String otherType = detail(binary("mine", "ai.sphinxv.encode-image").body(REQUEST));
        Response sameInOtherWords = binary("mine", "ai.sphinxv.understand")
                .body(" " + REQUEST + "\n")
                .post("/events");

        assertThat(otherData).startsWith("an event of this source and id came before and asked for something else");
        assertThat(otherType).isEqualTo(otherData);
        assertThat(sameInOtherWords.statusCode()).isEqualTo(200);
    }

    @Test
    void anAttributeThatComesTwiceOrIsNoTextIsRefused() {
        assertThat(detail(binary("d1", "ai.sphinxv.understand")
                        .header("ce-id", "d2")
                        .body(REQUEST)))
                .startsWith("an attribute of the event comes twice");
        assertNoEvent(given().contentType(STRUCTURED)
                .body(structured("d3", "understand", REQUEST)
                        .replace("{\"specversion\"", "{\"id\":\"d4\",\"specversion\"")));
        assertNoEvent(given().contentType(STRUCTURED)
                .body(structured("d5", "understand", REQUEST)
                        .replace("{\"specversion\"", "{\"ext\":{},\"specversion\"")));
    }

    @Test
    void dataThatIsNeitherJsonNorCborIsRefusedByItsType() {
        for (RequestSpecification request : new RequestSpecification[] {
            event("t1", "ai.sphinxv.understand").contentType("text/plain"),
            event("t2", "ai.sphinxv.understand").contentType("application/octet-stream"),
            given().contentType("application/cloudevents+avro")
        }) {
            assertThat(request.body(REQUEST.getBytes(UTF_8)).post("/events").statusCode())
                    .isEqualTo(415);
        }
        Response json = event("t3", "ai.sphinxv.understand")
                .contentType("application/vnd.shop+json; charset=utf-8")
                .body(REQUEST.getBytes(UTF_8))
                .post("/events");
        assertThat(json.statusCode()).isEqualTo(200);
    }

    private static String structured(String id, String step, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/shop\",\"type\":\"ai.sphinxv.%s\",\"data\":%s}"
                .formatted(id, step, data);
    }

    @Test
    void whatFailedIsTriedAgain() {
        Response wrong = binary("again", "ai.sphinxv.understand")
                .body("{\"question\":\"?\"}")
                .post("/events");
        Response right = binary("again", "ai.sphinxv.understand").body(REQUEST).post("/events");

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(right.statusCode()).isEqualTo(200);
    }

    @Test
    void eachRequiredAttributeIsRequired() {
        Map<String, String> whole =
                Map.of("ce-specversion", "1.0", "ce-id", "7", "ce-source", "/shop", "ce-type", "ai.sphinxv.understand");
        for (String left : whole.keySet()) {
            var some = new HashMap<>(whole);
            some.remove(left);
            assertNoEvent(given().headers(some).contentType("application/json").body(REQUEST));
            some.put(left, " ");
            assertNoEvent(given().headers(some).contentType("application/json").body(REQUEST));
        }
        var older = new HashMap<>(whole);
        older.put("ce-specversion", "0.3");
        assertNoEvent(given().headers(older).contentType("application/json").body(REQUEST));
        for (String body : new String[] {"{", "[]", "null", "{\"specversion\":\"1.0\"}", "{\"specversion\":\"0.3\"}"}) {
            assertNoEvent(given().contentType(STRUCTURED).body(body));
        }
    }

    @Test
    void whatIsNoneOfOurEventsIsToldSo() {
        assertThat(detail(binary("8", "ai.sphinxv.train").body(REQUEST)))
                .isEqualTo(
                        "no event of this type is taken; there are ai.sphinxv.encode-image, ai.sphinxv.encode-prompts,"
                                + " ai.sphinxv.generate, ai.sphinxv.understand");
        assertThat(detail(given().contentType(BATCH).body("{}"))).startsWith("a batch of events is a JSON list");
        assertThat(detail(given().contentType(BATCH).body("[" + "5,".repeat(100) + "5]")))
                .isEqualTo("a batch of events is a JSON list of at most 100 of them");
        assertThat(detail(binary("9", "ai.sphinxv.understand").body("{\"image\": 5}")))
                .isEqualTo("image needs to be text");
        assertThat(detail(binary("10", "ai.sphinxv.understand").body("null")))
                .isEqualTo("the event has no data: it needs an object with image, marks and question");
        assertThat(detail(given().contentType("application/json"))).isEqualTo("the body is empty");
    }

    private static void assertNoEvent(RequestSpecification request) {
        assertThat(detail(request))
                .startsWith("this is no CloudEvent 1.0: it needs specversion 1.0, id, source and type");
    }

    private static String detail(RequestSpecification request) {
        Response refusal = request.post("/events");
        assertThat(refusal.statusCode()).as(refusal.asString()).isEqualTo(400);
        return refusal.jsonPath().getString("detail");
    }

    /** As a broker does: the reply is the next request. */
    private static Response forward(Response event) {
        RequestSpecification next = given().contentType("application/json").body(event.asString());
        event.headers().asList().stream()
                .filter(header -> header.getName().startsWith("ce-"))
                .forEach(next::header);
        Response reply = next.post("/events");
        assertThat(reply.statusCode()).as(reply.asString()).isEqualTo(200);
        return reply;
    }

    private static RequestSpecification binary(String id, String type) {
        return event(id, type).contentType("application/json");
    }

    private static RequestSpecification event(String id, String type) {
        return given().header("ce-specversion", "1.0")
                .header("ce-id", id)
                .header("ce-source", "/shop")
                .header("ce-subject", "shelf")
                .header("ce-traceparent", "00-1-2-01")
                .header("ce-type", type);
    }

    private double answers() {
        return measured.find("sphinxv.request.success").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
