package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of any layout and filter, in a PNG that is otherwise whole: its check sums and its packing hide them from chance. */
class PngRowsFuzzTest {
    private static final int[] DEPTHS = {1, 2, 4, 8, 16};
    private static final int[] COLOURS = {0, 2, 3, 4, 6};
    private static final int HEADER = 6;

    static Stream<byte[]> layouts() {
        return Stream.of(
                BytesOf.joined(new byte[] {7, 7, 3, 1, 0, 2}, new byte[200]),
                BytesOf.joined(new byte[] {7, 7, 0, 2, 1, 6}, new byte[64]),
                BytesOf.joined(new byte[] {15, 3, 4, 4, 1, 0}, new byte[600]));
    }

    @MethodSource("layouts")
    @FuzzTest
    void anyRowsArePaintedOrRefused(byte[] input) {
        if (input.length < HEADER) {
            return;
        }
        int width = 1 + (input[0] & 31);
        int height = 1 + (input[1] & 31);
        byte[] file = BytesOf.joined(
                BytesOf.pngHeader(width, height, one(DEPTHS, input[2]), one(COLOURS, input[3]), input[4] & 1),
                BytesOf.pngChunk("PLTE", Arrays.copyOf(input, 3 * (input[5] & 15))),
                BytesOf.pngChunk("IDAT", BytesOf.zlib(Arrays.copyOfRange(input, HEADER, input.length))),
                BytesOf.pngChunk("IEND", new byte[0]));
        Bounds.within(1 << 20, () -> {
            try {
                assertThat(ImageDecoder.decode(file).rgb().length).isEqualTo(3 * width * height);
            } catch (InvalidImageException e) {
                assertThat(e.getMessage()).startsWith("the image ");
            }
        });
    }

    private static int one(int[] values, byte number) {
        return values[Byte.toUnsignedInt(number) % values.length];
    }
}
