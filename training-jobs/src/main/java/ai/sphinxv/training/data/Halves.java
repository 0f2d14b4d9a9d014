package ai.sphinxv.training.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Half-precision numbers, two little-endian bytes each: features need no more, and there are many. */
public final class Halves {
    private Halves() {}

    public static byte[] of(float[] values) {
        var bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        return bytes.array();
    }

    /** All of them into {@code target} from place {@code at} on. */
    static void into(byte[] halves, float[] target, int at) {
        var bytes = ByteBuffer.wrap(halves).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < halves.length / 2; i++) {
            target[at + i] = Float.float16ToFloat(bytes.getShort());
        }
    }

    static float[] read(byte[] halves) {
        float[] values = new float[halves.length / 2];
        into(halves, values, 0);
        return values;
    }
}
