package ai.sphinxv.functions.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.image.InvalidImageException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a file of at most the allowed size, or is refused in our words. */
class PictureTextFuzzTest {
    private static final int MOST_FILE = 100;
    private static final long MOST_BYTES = 1 << 20;

    static Stream<byte[]> texts() {
        return Stream.of(
                        "AQID",
                        "data:image/png;base64,AQID",
                        "DATA:IMAGE/PNG;BASE64,AQI=",
                        "data:image/svg+xml;charset=utf-8,%3Csvg",
                        "data:image/png;base64,data:image/png;base64,AQID",
                        "http://169.254.169.254/latest")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("texts")
    @FuzzTest
    void anyTextIsAFileOrRefused(byte[] input) {
        String text = new String(input, UTF_8);
        Bounds.within(MOST_BYTES, () -> {
            try {
                assertThat(PictureText.bytes(text, MOST_FILE)).hasSizeLessThanOrEqualTo(MOST_FILE);
            } catch (InvalidImageException | TooLargeException e) {
                assertThat(e.getMessage()).matches("(the )?image .*");
            }
        });
    }
}
