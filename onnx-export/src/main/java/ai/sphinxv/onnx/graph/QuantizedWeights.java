package ai.sphinxv.onnx.graph;

import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import java.util.Arrays;

/**
 * A linear layer's weights [out, in] in blocks. A number q of b bits stands for {@code (q - 2^(b-1)) * scale}; each block's
 * scale puts its largest weight at the end of the range that has one number more, so all of the range is used.
 *
 * <p>Billions of numbers go through here, so the work is cut into plain loops over long arrays, which the JVM turns into
 * instructions for many numbers at once: one loop that does all of it takes six times as long.
 *
 * @param numbers [out, in / size, size * bits / 8]; of two 4-bit numbers in a byte the first is the lower
 * @param scales [out, in / size]
 */
record QuantizedWeights(byte[] numbers, float[] scales) {
    /** Numbers that are rounded at a time: whole blocks of every size, and few enough to stay in a processor's cache. */
    private static final int TILE = 1 << 13;

    /** A float's bits without its sign, which are in the order of the numbers. */
    private static final int MAGNITUDE = 0x7fffffff;

    /**
     * @param name of the tensor, for messages
     * @throws IllegalArgumentException if one of them is no number or infinite, which no scale holds
     */
    static QuantizedWeights of(String name, float[] weights, Blocks format) {
        var quantized = new QuantizedWeights(
                new byte[weights.length / 8 * format.bits()], scales(name, weights, format.size(), format.bits()));
        float[] divisors = new float[TILE];
        int[] rounded = new int[TILE];
        for (int from = 0; from < weights.length; from += TILE) {
            int count = Math.min(TILE, weights.length - from);
            quantized.spread(from, count, format.size(), divisors);
            round(weights, from, count, divisors, format.bits(), rounded);
            if (format.bits() == 8) {
                quantized.putBytes(from, count, rounded);
            } else {
                quantized.putHalves(from, count, rounded);
            }
        }
        return quantized;
    }

    private static float[] scales(String name, float[] weights, int size, int bits) {
        float[] scales = new float[weights.length / size];
        int zero = 1 << bits - 1;
        for (int block = 0; block < scales.length; block++) {
            float largest = largest(weights, block * size, size);
            if (!Float.isFinite(largest)) {
                throw new IllegalArgumentException(
                        "%s has the number %s, which no block of %d bits holds".formatted(name, largest, bits));
            }
            scales[block] = 0 - largest / zero; // 0, not -0, of a block of zeros
        }
        return scales;
    }

    /** The first of those that are farthest from 0, with its sign; NaN is farther than any number. */
    private static float largest(float[] weights, int from, int count) {
        int even = 0; // two, so that one comparison need not wait for the other
        int odd = 0;
        for (int i = from; i < from + count; i += 2) {
            even = Math.max(even, Float.floatToRawIntBits(weights[i]) & MAGNITUDE);
            odd = Math.max(odd, Float.floatToRawIntBits(weights[i + 1]) & MAGNITUDE);
        }
        int largest = Math.max(even, odd);
        int at = from;
        while ((Float.floatToRawIntBits(weights[at]) & MAGNITUDE) != largest) {
            at++;
        }
        return weights[at];
    }

    /** Each weight's own scale, or 1 in a block of zeros. */
    private void spread(int from, int count, int size, float[] divisors) {
        for (int at = 0; at < count; at += size) {
            float scale = scales[(from + at) / size];
            Arrays.fill(divisors, at, at + size, scale == 0 ? 1 : scale);
        }
    }

    private static void round(float[] weights, int from, int count, float[] divisors, int bits, int[] rounded) {
        int zero = 1 << bits - 1;
        int most = 2 * zero - 1;
        for (int i = 0; i < count; i++) {
            rounded[i] = Math.min(Math.max(Math.round(weights[from + i] / divisors[i]) + zero, 0), most);
        }
    }

    private void putBytes(int from, int count, int[] rounded) {
        for (int i = 0; i < count; i++) {
            numbers[from + i] = (byte) rounded[i];
        }
    }

    private void putHalves(int from, int count, int[] rounded) {
        for (int i = 0; i < count / 2; i++) {
            numbers[from / 2 + i] = (byte) (rounded[2 * i] | rounded[2 * i + 1] << 4);
        }
    }
}
