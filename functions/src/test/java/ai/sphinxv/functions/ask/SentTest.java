package ai.sphinxv.functions.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.TestConfig;
import ai.sphinxv.runtime.fuzz.Bounds;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A function's input, as Funqy reads it: with a copy of our mapper that it makes lenient. */
class SentTest {
    private static final SphinxConfig CONFIG = TestConfig.with(Map.of());
    private static final int NUMBERS = 5_000_000;
    private static final long MOST_BYTES = 16L << 20;
    private static final ObjectReader FUNQY = funqy();

    @SuppressWarnings("deprecation") // as Funqy does
    private static ObjectReader funqy() {
        var json = new ObjectMapper();
        new StrictJson(() -> CONFIG).customize(json);
        return json.copy()
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                .configure(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES, true)
                .readerFor(new TypeReference<Sent<UnderstandRequest>>() {});
    }

    @Test
    void aRequestIsRead() throws Exception {
        UnderstandRequest request = Sent.request(read("{'question':'?','marks':[{'point':[1,2]}]}"), "");

        assertThat(request.question()).isEqualTo("?");
        assertThat(request.prompts(CONFIG.limits()).marks()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'image':5,'question':'?','marks':[[{}]]}    | image needs to be text",
                "{'marks':[{'point':[1,'a']}],'question':'?'} | marks[0].point[1] needs to be a number",
                "{'Question':'?'}                             | Question is not a field",
                "{'other':[[{'a':1}]]}                        | other is not a field",
                "[1,[2]]                                      | the body needs to be one JSON object",
                "5                                            | the body needs to be one JSON object"
            })
    void whatIsWrongIsToldAsAtTheOtherDoors(String input, String detail) throws IOException {
        Sent<UnderstandRequest> sent = read(input);

        assertThatThrownBy(() -> Sent.request(sent, ""))
                .isInstanceOfSatisfying(
                        JsonProcessingException.class,
                        e -> assertThat(Problem.of(e).detail()).startsWith(detail));
    }

    @Test
    void noInputIsToldWhatIsNeeded() throws IOException {
        Sent<UnderstandRequest> nothing = read("null");

        assertThatThrownBy(() -> Sent.request(nothing, "send something"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("send something");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{'question':'?'} 5", "{'question':'?','question':'!'}", "{'image':5,", "{'other':1} 5"})
    void whatIsNoJsonIsNotRead(String input) {
        assertThatThrownBy(() -> read(input)).isInstanceOf(JsonProcessingException.class);
    }

    /** As a tree they took 714 MB, before anybody looked at them. */
    @ParameterizedTest
    @ValueSource(strings = {"{'marks':[{'stroke':[%s]}]}", "{'other':[%s]}", "{'marks':[%s]}"})
    void twentyMegabytesOfNumbersTakeLittleMemory(String input) throws Exception {
        byte[] body =
                input.replace('\'', '"').formatted("0.5,".repeat(NUMBERS) + "1").getBytes(UTF_8);

        Bounds.within(
                MOST_BYTES,
                () -> assertThat(Objects.requireNonNull(read(body)).mistake()).isNotNull());
    }

    @Test
    void namesBehindAMistakeTakeLittleMemory() {
        var names = new StringBuilder();
        for (int i = 0; i < 1_000_000; i++) {
            names.append("\"name").append(i).append("\":1,");
        }
        byte[] body = "{\"image\":5,\"other\":{%s\"a\":1}}".formatted(names).getBytes(UTF_8);

        Bounds.within(
                MOST_BYTES, () -> assertThatThrownBy(() -> read(body)).isInstanceOf(JsonProcessingException.class));
    }

    private static Sent<UnderstandRequest> read(String input) throws IOException {
        return read(input.replace('\'', '"').getBytes(UTF_8));
    }

    private static Sent<UnderstandRequest> read(byte[] input) throws IOException {
        return FUNQY.readValue(new ByteArrayInputStream(input));
    }
}
