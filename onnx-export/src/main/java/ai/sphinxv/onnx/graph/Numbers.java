package ai.sphinxv.onnx.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a graph computes with. What goes in and out stays 32 bits wide, but for the cache of keys and values. */
public enum Numbers {
    SINGLE(OnnxWriter.FLOAT, Float.BYTES),
    /** 16 bits: CUDA has GroupQueryAttention for no other, and half of the memory is read. */
    HALF(OnnxWriter.FLOAT16, Short.BYTES);

    private final int type;
    private final int width;

    Numbers(int type, int width) {
        this.type = type;
        this.width = width;
    }

    /** Its number in onnx.proto. */
    int type() {
        return type;
    }

    /** Bytes of a number. */
    int width() {
        return width;
    }

    /**
     * Numbers as they lie in a file.
     *
     * @param name of the tensor, for messages
     * @throws IllegalArgumentException if one is too large
     */
    byte[] bytes(String name, float[] values) {
        var bytes = ByteBuffer.allocate(values.length * width).order(ByteOrder.LITTLE_ENDIAN);
        switch (this) {
            case SINGLE -> bytes.asFloatBuffer().put(values);
            case HALF -> {
                for (float value : values) {
                    bytes.putShort(half(name, value));
                }
            }
        }
        return bytes.array();
    }

    private static short half(String name, float value) {
        short half = Float.floatToFloat16(value);
        if (Float.isInfinite(Float.float16ToFloat(half)) && Float.isFinite(value)) {
            throw new IllegalArgumentException(
                    "%s has the number %s, which no 16-bit float holds: convert to another precision"
                            .formatted(name, value));
        }
        return half;
    }
}
