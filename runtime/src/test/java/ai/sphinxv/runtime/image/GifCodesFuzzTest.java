package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import org.junit.jupiter.params.provider.MethodSource;

/** Any codes become all of a frame's pixels, or none. */
class GifCodesFuzzTest {
    static Stream<byte[]> frames() {
        return Stream.of("", "84 51", "44 01", "8c 2d 99 87 2a 1c dc 33 a0 02", "ff ff ff ff")
                .map(codes -> BytesOf.joined(BytesOf.hex("00 20 02"), BytesOf.blocks(BytesOf.hex(codes))));
    }

    @MethodSource("frames")
    @FuzzTest
    void anyCodesFillTheFrameOrAreRefused(byte[] input) {
        if (input.length < 3) {
            return;
        }
        int pixels = 1 + Byte.toUnsignedInt(input[0]) * 256 + Byte.toUnsignedInt(input[1]);
        Bounds.within(1 << 20, () -> {
            try {
                assertThat(GifCodes.unpack(input, 2, pixels).length).isEqualTo(pixels);
            } catch (DataFormatException | IndexOutOfBoundsException e) {
                // both are a damaged file to the decoder
            }
        });
    }
}
