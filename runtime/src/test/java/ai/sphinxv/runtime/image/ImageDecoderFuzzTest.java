package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are a picture or are refused in our words. */
class ImageDecoderFuzzTest {

    /** Larger ones would make a night of few inputs; {@link HostileImagesTest} has them. */
    private static final long MOST_PIXELS = 1 << 16;

    private static final int MOST_SEED = 1024;
    private static final long MOST_BYTES = 32L << 20;

    static Stream<byte[]> some() {
        return HostileImages.seeds(MOST_SEED);
    }

    @MethodSource("some")
    @FuzzTest
    void anyBytesAreReadOrRefused(byte[] file) {
        if (!isLarge(file)) {
            Bounds.within(MOST_BYTES, () -> requireReadOrRefused(file));
        }
    }

    private static void requireReadOrRefused(byte[] file) {
        try {
            RgbImage image = ImageDecoder.decode(file);
            assertThat(image.rgb().length).isEqualTo(3 * image.width() * image.height());
        } catch (InvalidImageException e) {
            assertThat(e.getMessage()).startsWith("the image ");
            assertThat(e.getCause()).isNull();
        }
    }

    private static boolean isLarge(byte[] file) {
        ImageFormat format = ImageFormat.of(file);
        if (format == null) {
            return false;
        }
        try {
            ImageFile image = format.open(file);
            return (long) image.width() * image.height() > MOST_PIXELS;
        } catch (RuntimeException e) {
            return false; // the decoder has to say so
        }
    }
}
