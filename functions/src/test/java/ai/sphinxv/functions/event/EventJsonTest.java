package ai.sphinxv.functions.event;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.runtime.fuzz.Bounds;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event's data is the text that it is, whatever it holds, and costs no more memory than a copy of it. */
class EventJsonTest {
    private static final String ATTRIBUTES = "\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"t\"";
    private static final int NUMBERS = 5_000_000;

    private final EventJson events = new EventJson(new ObjectMapper());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"image\":\"ü 🦁 \\\"\\\\\",\"marks\":[{\"point\":[1,2.50]}]}",
                "[1, [2 , {}]]",
                "{ }",
                "\"}\\\"\"",
                "-12.5e3",
                "7",
                "true",
                "null"
            })
    void dataIsTheTextThatItIs(String data) {
        for (String event : new String[] {
            "{%s,\"data\":%s}", "{\"data\":%2$s , %1$s}", "\uFEFF {\n%s,\"ext\":\"ü\", \"data\" : %s\n}\n"
        }) {
            assertThat(data(events.read(event.formatted(ATTRIBUTES, data).getBytes(UTF_8))))
                    .isEqualTo(data);
        }
        String two = "[{%1$s,\"data\":%2$s},\n{%1$s,\"n\":1,\"data\":%2$s}]";
        assertThat(events.readAll(two.formatted(ATTRIBUTES, data).getBytes(UTF_8)))
                .extracting(EventJsonTest::data)
                .containsExactly(data, data);
    }

    @Test
    void dataOfAnotherTypeIsWhatItsTextSays() {
        String event = "{%s,\"datacontenttype\":\"text/plain\",\"data\":%s}";

        assertThat(data(events.read(event.formatted(ATTRIBUTES, "\"a \\u00fc\"").getBytes(UTF_8))))
                .isEqualTo("a ü");
        assertThat(data(events.read(event.replace("data\"", "data_base64\"")
                        .formatted(ATTRIBUTES, "\"aGk=\"")
                        .getBytes(UTF_8))))
                .isEqualTo("hi");
        noEvent(event.formatted(ATTRIBUTES, "{}").getBytes(UTF_8));
        noEvent(event.formatted(ATTRIBUTES, "null").getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{A,\"data\":1,\"data\":2}",
                "{A,\"data\":{},\"data_base64\":\"aGk=\"}",
                "{A,\"id\":\"2\"}",
                "{A,\"ext\":[]}",
                "{A} {}",
                "{A,\"data\":[1}",
                "{A,\"data\":",
                "[{A}]",
                ""
            })
    void whatIsTwiceOrBrokenIsNoEvent(String event) {
        noEvent(event.replace("A", ATTRIBUTES).getBytes(UTF_8));
    }

    @Test
    void anotherEncodingThanUtf8IsNoEvent() {
        noEvent("{%s,\"data\":{}}".formatted(ATTRIBUTES).getBytes(UTF_16BE));
    }

    /** As a tree each number is an object: 145 MB were alive, and 714 MB had been allocated. */
    @Test
    void twentyMegabytesOfNumbersTakeAsMuchMemoryAsTheirText() {
        byte[] one = "{%s,\"data\":{\"marks\":[%s1]}}"
                .formatted(ATTRIBUTES, "0.5,".repeat(NUMBERS))
                .getBytes(UTF_8);
        byte[] several = "[%s]".formatted(new String(one, UTF_8)).getBytes(UTF_8);

        Bounds.within(2L * one.length, () -> assertThat(size(events.read(one))).isGreaterThan(4 * NUMBERS));
        Bounds.within(
                2L * one.length,
                () -> assertThat(size(events.readAll(several).getFirst())).isGreaterThan(4 * NUMBERS));
    }

    @Test
    void moreNamesThanAnyRequestHasAreRefusedWhereTheyAreTooMany() {
        var names = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            names.append("\"name").append(i).append("\":1,");
        }
        byte[] event = "{%s,\"data\":{%s\"a\":1}}".formatted(ATTRIBUTES, names).getBytes(UTF_8);

        Bounds.within(
                64L << 20,
                () -> assertThatThrownBy(() -> events.read(event))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessage("there are more than 100000 names in this JSON, far more than a request has"));
    }

    private void noEvent(byte[] text) {
        assertThatThrownBy(() -> events.read(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("this is no CloudEvent 1.0");
    }

    private static String data(CloudEvent event) {
        return new String(Objects.requireNonNull(event.getData()).toBytes(), UTF_8);
    }

    private static int size(CloudEvent event) {
        return Objects.requireNonNull(event.getData()).toBytes().length;
    }
}
