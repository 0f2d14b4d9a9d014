package ai.sphinxv.training.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Any mask or polygon of a dataset lies inside its picture, or is nothing. */
class OutlineFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_BYTES = 16L << 20;
    private static final int POINTS = 5;

    static Stream<byte[]> outlines() {
        return Stream.of(
                bytes(0, 4, 3, 16).put("0282".getBytes(ISO_8859_1)).array(),
                bytes(1, 4, 3, 12).putInt(4).putInt(2).putInt(6).array(),
                bytes(1, 65_536, 65_536, 16)
                        .putInt(Integer.MAX_VALUE)
                        .putInt(1)
                        .putInt(Integer.MAX_VALUE)
                        .putInt(1)
                        .array(),
                bytes(2, 4, 3, 24)
                        .putFloat(0)
                        .putFloat(0)
                        .putFloat(4)
                        .putFloat(0)
                        .putFloat(2)
                        .putFloat(3)
                        .array());
    }

    private static ByteBuffer bytes(int kind, int width, int height, int more) {
        return ByteBuffer.allocate(9 + more).put((byte) kind).putInt(width).putInt(height);
    }

    /** A byte for the kind, eight for the picture's size, then counts as text, counts, or corners. */
    @MethodSource("outlines")
    @FuzzTest
    void anyOutlineLiesInsideThePicture(byte[] input) {
        if (input.length < 9) {
            return;
        }
        var in = ByteBuffer.wrap(input);
        int kind = in.get();
        int width = in.getInt() & Integer.MAX_VALUE;
        int height = in.getInt() & Integer.MAX_VALUE;
        JsonNode json = switch (kind & 3) {
            case 0 -> mask(width, height).put("counts", new String(input, 9, input.length - 9, ISO_8859_1));
            case 1 -> mask(width, height).set("counts", integers(in));
            default -> JSON.createArrayNode().add(floats(in)).add(floats(in.rewind()));
        };
        Bounds.within(MOST_BYTES, () -> requireInside(Outline.read(json, width, height), width, height));
    }

    private static void requireInside(@Nullable Outline outline, int width, int height) {
        if (outline == null) {
            return;
        }
        double[] box = outline.box(width, height);
        assertThat(box[0]).isGreaterThanOrEqualTo(0);
        assertThat(box[1]).isGreaterThanOrEqualTo(0);
        assertThat(box[2]).isLessThanOrEqualTo(width);
        assertThat(box[3]).isLessThanOrEqualTo(height);
        var random = new Random(1);
        for (int i = 0; i < POINTS; i++) {
            outline.point(width, height, random).ifPresent(point -> {
                assertThat(point.x()).isBetween(box[0], box[2]);
                assertThat(point.y()).isBetween(box[1], box[3]);
                assertThat(outline.contains(point.x(), point.y(), height)).isTrue();
            });
        }
    }

    private static ObjectNode mask(int width, int height) {
        var mask = JSON.createObjectNode();
        mask.putArray("size").add(height).add(width);
        return mask;
    }

    private static ArrayNode integers(ByteBuffer in) {
        ArrayNode numbers = JSON.createArrayNode();
        while (in.remaining() >= Integer.BYTES) {
            numbers.add(in.getInt());
        }
        return numbers;
    }

    private static ArrayNode floats(ByteBuffer in) {
        ArrayNode numbers = JSON.createArrayNode();
        while (in.remaining() >= Float.BYTES) {
            numbers.add(in.getFloat());
        }
        return numbers;
    }
}
