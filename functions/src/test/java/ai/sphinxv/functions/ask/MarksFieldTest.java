package ai.sphinxv.functions.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.TestConfig;
import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of 28 MB that are nothing but marks, as this deployment has its limits by default. */
class MarksFieldTest {
    private static final SphinxConfig CONFIG = TestConfig.with(Map.of());
    private static final int BODY = 28_000_000;
    private static final long MOST_BYTES = 16L << 20;

    /** Jackson's, of a stream. */
    private static final int BUFFER = 8_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        new StrictJson(() -> CONFIG).customize(JSON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'stroke':[  | [1,1]  | marks[1].stroke[",
                "{'polygon':[ | [1,1]  | marks[1].polygon[",
                "{'polygons':[[[1,1]],[ | [1,1]  | marks[1].polygons[1][",
                "{'polygons':[ | []    | marks[1].polygons",
                "{'point':[   | 1      | marks[1].point",
                "{'box':[     | null   | marks[1].box",
                "{'mask':{'size':[ | 1 | marks[1].mask.size",
                "{'mask':{'size':[4,4],'counts':[ | 1 | marks[1].mask.counts"
            })
    void aMarkThatDoesNotEndIsRefusedWhereItIsTooLongForLittleMemory(String begin, String each, String place) {
        byte[] body = body("{'marks':[{'point':[1,2]}," + begin, each + ",");

        Bounds.within(
                MOST_BYTES,
                () -> assertThat(refusal(body))
                        .startsWith(place)
                        .endsWith(
                                "this is more than any mark has: a stroke has at most 10000 points, a polygon 1000 corners,"
                                        + " a mask 100000 runs"));
    }

    @Test
    void marksBeyondTheLimitAreCountedForLittleMemory() throws Exception {
        int more = BODY / 3;
        byte[] body = ("{\"marks\":[{\"point\":[1,2]}" + ",{}".repeat(more) + "]}").getBytes(UTF_8);

        Bounds.within(
                MOST_BYTES,
                () -> assertThatThrownBy(() ->
                                JSON.readValue(body, UnderstandRequest.class).prompts(CONFIG.limits()))
                        .isInstanceOf(InvalidPromptException.class)
                        .hasMessage("a question takes 1 to 10 visual prompts, got " + (more + 1)));
    }

    /** They were each interned and kept: one body took seconds, and hundreds of megabytes. */
    @Test
    void namesInAMarkBeyondTheLimitTakeLittleMemory() {
        byte[] body = IntStream.range(0, BODY / 12)
                .mapToObj(i -> "\"a" + i + "\":1")
                .collect(Collectors.joining(",", "{\"marks\":[" + "null,".repeat(10) + "{", "}]}"))
                .getBytes(UTF_8);

        Bounds.within(
                MOST_BYTES,
                () -> assertThat(refusal(body))
                        .isEqualTo("marks[10]: there is far more here than the 10 marks that a question takes"));
    }

    /** Jackson put them aside, until it had read all else. */
    @Test
    void aFieldThatThereIsNotIsRefusedWhereItBegins() {
        byte[] body = body("{'other':[", "0.5,");

        Bounds.within(MOST_BYTES, () -> assertThat(refusal(body)).startsWith("other is not a field; there are "));
    }

    /** Of a body that would be a million lists in each other, no more than the reader's first buffer is looked at. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                     | [       | the body needs to be one JSON object",
                "{'question':           | [       | question needs to be text",
                "{'marks':              | [       | marks[0] needs to be an object",
                "{'marks':[{'polygons': | [       | marks[0].polygons[0][0][0] needs to be a number",
                "{'marks':[{'mask':     | {'size':| marks[0].mask.size needs to be a list",
                "{'marks':[0,0,0,0,0,0,0,0,0,0 | [ | marks[0] needs to be an object",
                "{'marks':[null,null,null,null,null,null,null,null,null,null,   | [     | the JSON is nested too deeply",
                "{'marks':[null,null,null,null,null,null,null,null,null,null,   | {'a': | the JSON is nested too deeply",
            })
    void whatIsTooDeepIsReadNoFurtherThanItMayBe(String begin, String each, String detail) {
        byte[] body = (begin + each.repeat(1_000_000)).replace('\'', '"').getBytes(UTF_8);
        var sent = new ByteArrayInputStream(body);

        assertThat(refusal(sent)).startsWith(detail);
        assertThat(body.length - sent.available()).isLessThanOrEqualTo(BUFFER);
    }

    @Test
    void theLongestOfEachIsRead() throws Exception {
        String strokes =
                ",{'stroke':[%s]}".formatted("[1,1],".repeat(9_999) + "[1,1]").repeat(9);
        String runs = "0,1,".repeat(49_999) + "0,1";
        var request = JSON.readValue(
                "{'marks':[{'mask':{'size':[1,50000],'counts':[%s]}}%s]}"
                        .formatted(runs, strokes)
                        .replace('\'', '"'),
                UnderstandRequest.class);

        assertThat(request.prompts(CONFIG.limits()).marks()).hasSize(10);
    }

    private static String refusal(byte[] body) {
        return refusal(new ByteArrayInputStream(body));
    }

    private static String refusal(InputStream body) {
        try {
            JSON.readValue(body, UnderstandRequest.class);
        } catch (Exception e) {
            return Problem.of(e).detail();
        }
        throw new AssertionError("it was read");
    }

    /** The begin, and then the same again and again as far as there is room. */
    private static byte[] body(String begin, String each) {
        return (begin.replace('\'', '"') + each.repeat(BODY / each.length())).getBytes(UTF_8);
    }
}
