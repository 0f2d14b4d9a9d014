package ai.sphinxv.functions.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.TestConfig;
import ai.sphinxv.functions.ask.UnderstandRequest.Checked;
import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any body is a request within the limits, or the sender's mistake in our words: points, boxes and strokes included. */
class UnderstandRequestFuzzTest {
    private static final RgbImage PICTURE = new RgbImage(64, 48, new byte[3 * 64 * 48]);
    private static final long MOST_BYTES = 16L << 20;

    /** What only a library or a program would say. */
    private static final Pattern FOREIGN =
            Pattern.compile("(?i)exception|jackson|fasterxml|ai\\.sphinxv|0x[0-9a-f]{6}");

    private static final SphinxConfig CONFIG = TestConfig.with(Map.of());
    private static final SphinxConfig.Limits LIMITS = CONFIG.limits();
    private static final ObjectMapper JSON = json();

    private static ObjectMapper json() {
        var mapper = new ObjectMapper();
        new StrictJson(() -> CONFIG).customize(mapper);
        return mapper;
    }

    static Stream<byte[]> bodies() {
        return Stream.of("""
                        {"image": "AQID", "question": "What is <Region 1>?", "marks": [{"box": [1, 2, 3.5, 4e1]}],
                         "temperature": 0.5, "topP": 1, "seed": -7, "maxTokens": 12}""", """
                        {"question": "?", "marks": [{"point": [1, 2]}, {"stroke": [[70, 90], [110, 95], [140, 130]]}]}""", """
                        {"question": "a", "question": "b"}""", """
                        {"marks": [[[[[[[1e400, NaN, "\\ud800"]]]]]]]}""").map(body -> body.getBytes(UTF_8));
    }

    @MethodSource("bodies")
    @FuzzTest
    void anyBodyIsARequestOrAMistake(byte[] body) throws IOException {
        Bounds.within(MOST_BYTES, () -> requireRequestOrMistake(body));
    }

    private static void requireRequestOrMistake(byte[] body) throws IOException {
        try {
            UnderstandRequest request = JSON.readValue(body, UnderstandRequest.class);
            if (request != null) {
                requireWithinLimits(request.checked(LIMITS));
            }
        } catch (JsonProcessingException
                | CharConversionException
                | InvalidRequestException
                | InvalidPromptException e) {
            Problem problem = Problem.of(e);
            assertThat(problem.status()).isEqualTo(400);
            assertThat(withoutTheirWords(problem.detail())).doesNotContainPattern(FOREIGN);
        }
    }

    private static void requireWithinLimits(Checked checked) {
        assertThat(checked.marks().marks()).hasSizeBetween(0, LIMITS.marks());
        assertThat(checked.marks().on(PICTURE)).hasSameSizeAs(checked.marks().marks());
        assertThat(checked.maxTokens()).isBetween(1, LIMITS.maxTokens());
    }

    /** A field that is unknown is repeated. */
    private static String withoutTheirWords(String detail) {
        return detail.replaceFirst("(?s).* is not a field", "");
    }
}
