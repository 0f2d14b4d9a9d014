package ai.sphinxv.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any numbers are marks inside the padded square, or are refused. */
class PromptSlotsFuzzTest {
    private static final int SLOTS = 10;
    private static final long MOST_BYTES = 1 << 20;

    static Stream<byte[]> marks() {
        var bytes = ByteBuffer.allocate(8 + 5 * 33).putInt(640).putInt(420);
        for (byte kind = 0; kind < 5; kind++) {
            bytes.put(kind).putDouble(10).putDouble(20.5).putDouble(639.9).putDouble(420);
        }
        return Stream.of(
                bytes.array(),
                ByteBuffer.allocate(41)
                        .put(12, (byte) 0x7f)
                        .put(13, (byte) 0xf0)
                        .array());
    }

    /** Eight bytes for the picture's size; of each mark one byte for its kind and four numbers. */
    @MethodSource("marks")
    @FuzzTest
    void anyNumbersAreMarksInsideOrRefused(byte[] input) {
        if (input.length >= 8) {
            Bounds.within(MOST_BYTES, () -> requireInsideOrRefused(ByteBuffer.wrap(input)));
        }
    }

    private static void requireInsideOrRefused(ByteBuffer in) {
        int width = 1 + Math.floorMod(in.getInt() - 1, ImageDecoder.MAX_SIDE);
        int height = 1 + Math.floorMod(in.getInt() - 1, ImageDecoder.MAX_SIDE);
        try {
            PromptSlots slots = PromptSlots.of(marks(in), new PaddedSquare(width, height, Padding.AROUND), SLOTS);
            for (float corner : slots.corners()) {
                assertThat(corner).isBetween(0f, 1f);
            }
            assertThat(slots.marks()).isBetween(1, SLOTS);
        } catch (InvalidPromptException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static List<VisualPrompt> marks(ByteBuffer in) {
        var marks = new ArrayList<VisualPrompt>();
        while (in.remaining() >= 33) {
            int kind = in.get() & 3;
            double x1 = in.getDouble();
            double y1 = in.getDouble();
            double x2 = in.getDouble();
            double y2 = in.getDouble();
            marks.add(
                    switch (kind) {
                        case 0 -> new Point(x1, y1);
                        case 1 -> new Box(x1, y1, x2, y2);
                        case 2 -> new Stroke(List.of(new Point(x1, y1), new Point(x2, y2)));
                        default -> Box.around(List.of(new Point(x1, y1), new Point(x2, y2), new Point(x1, y2)));
                    });
        }
        return marks;
    }
}
