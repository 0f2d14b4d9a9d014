package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A header is read for next to no memory, whatever it promises. */
class ImageHeaderFuzzTest {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_SEED = 4096;

    static Stream<byte[]> some() {
        return HostileImages.seeds(MOST_SEED);
    }

    @MethodSource("some")
    @FuzzTest
    void aHeaderTakesLessThanAMebibyte(byte[] file) {
        ImageFormat format = ImageFormat.of(file);
        if (format == null) {
            return;
        }
        Bounds.within(MOST_BYTES, () -> {
            try {
                format.open(file).leastBytes();
            } catch (RuntimeException e) {
                // it contradicts itself: the decoder says so, in its words
            }
        });
    }
}
