package ai.sphinxv.functions.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.TestConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.MarksField;
import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.ask.UnderstandRequest;
import ai.sphinxv.runtime.fuzz.Bounds;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two forms of a batch's line: the request as its body, and the request itself with a name. */
class BatchLineTest {
    private static final SphinxConfig.Limits LIMITS = TestConfig.with(Map.of()).limits();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NUMBERS = 5_000_000;
    private static final long MOST_BYTES = 16L << 20;

    static {
        Supplier<SphinxConfig.Limits> limits = () -> LIMITS;
        JSON.setConfig(JSON.getDeserializationConfig().withAttribute(MarksField.LIMITS, limits));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'custom_id':'a','method':'POST','url':'/v1/understand','body':{'question':'?','marks':[{'point':[1,2]}]}}",
                "{'body':{'question':'?','marks':[{'point':[1,2]}]},'custom_id':'a'}",
                "{'x':{'body':{'question':'!'}},'y':['body',{}],'body':{'marks':[{'point':[1,2]}],'question':'?'},'z':1,'custom_id':'a'}"
            })
    void theBodyOfALineIsItsRequest(String line) throws Exception {
        BatchLine read = BatchLine.read(line.replace('\'', '"'), JSON);

        assertThat(read.id()).isEqualTo("a");
        assertIsTheRequest(read.request(JSON));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'custom_id':'a','question':'?','marks':[{'point':[1,2]}]}",
                "{'question':'?','custom_id':'a','marks':[{'point':[1,2]}]}",
                "{'question':'?','marks':[{'point':[1,2]}],'custom_id':'a'}"
            })
    void anItemIsItsRequestButForItsName(String line) throws Exception {
        BatchItem read = BatchItem.read(line.replace('\'', '"'), JSON);

        assertThat(read.id()).isEqualTo("a");
        assertIsTheRequest(read.request(JSON));
    }

    private static void assertIsTheRequest(UnderstandRequest request) {
        assertThat(request.question()).isEqualTo("?");
        assertThat(request.prompts(LIMITS).marks()).hasSize(1);
    }

    @Test
    void aNameWithinTheRequestIsAMistakeThere() {
        String line = "{\"custom_id\":\"a\",\"marks\":[{\"custom_id\":\"b\"}]}";

        assertThatThrownBy(() -> BatchItem.read(line, JSON).request(JSON))
                .isInstanceOfSatisfying(
                        JsonProcessingException.class,
                        e -> assertThat(Problem.of(e).detail()).startsWith("marks[0].custom_id is not a field"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'custom_id':'a','custom_id':'b'}",
                "{'custom_id':'a'} 5",
                "{'custom_id':'a','marks':[}",
                "{'custom_id':'a'",
                "[]",
                "5",
                "",
                "{'custom_id':5}",
                "{'custom_id':{}}",
                "{}"
            })
    void whatIsBrokenOrHasNoNameIsNoLine(String line) {
        assertThatThrownBy(() -> BatchItem.read(line.replace('\'', '"'), JSON))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("the line ");
    }

    /** As a tree they took 714 MB. */
    @Test
    void twentyMegabytesOfNumbersTakeLittleMemory() throws Exception {
        String request = "\"marks\":[{\"stroke\":[%s1]}]".formatted("0.5,".repeat(NUMBERS));
        String line = "{\"custom_id\":\"a\",\"body\":{%s}}".formatted(request);
        String item = "{\"custom_id\":\"a\",%s}".formatted(request);

        Bounds.within(
                MOST_BYTES, () -> assertTooLong(() -> BatchLine.read(line, JSON).request(JSON)));
        Bounds.within(
                MOST_BYTES, () -> assertTooLong(() -> BatchItem.read(item, JSON).request(JSON)));
    }

    private interface Reading {
        UnderstandRequest run() throws JsonProcessingException;
    }

    private static void assertTooLong(Reading reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        JsonProcessingException.class,
                        e -> assertThat(Problem.of(e).detail()).startsWith("marks[0].stroke"));
    }
}
