package ai.sphinxv.onnx.graph;

import ai.sphinxv.onnx.graph.LinearFormat.Blocks;

/**
 * A linear layer's weights [out, in] in blocks. A number q of b bits stands for {@code (q - 2^(b-1)) * scale}; each block's
 * scale puts its largest weight at the end of the range that has one number more, so all of the range is used.
 *
 * @param numbers [out, in / size, size * bits / 8]; of two 4-bit numbers in a byte the first is the lower
 * @param scales [out, in / size]
 */
record QuantizedWeights(byte[] numbers, float[] scales) {

    static QuantizedWeights of(float[] weights, Blocks format) {
        int size = format.size();
        int zero = 1 << format.bits() - 1;
        var quantized =
                new QuantizedWeights(new byte[weights.length / 8 * format.bits()], new float[weights.length / size]);
        for (int block = 0; block < quantized.scales.length; block++) {
            float scale = 0 - largest(weights, block * size, size) / zero; // 0, not -0, of a block of zeros
            quantized.scales[block] = scale;
            for (int i = block * size; i < (block + 1) * size; i++) {
                int number = scale == 0 ? zero : Math.clamp(Math.round(weights[i] / scale) + zero, 0, 2 * zero - 1);
                quantized.put(i, number, format.bits());
            }
        }
        return quantized;
    }

    private void put(int i, int number, int bits) {
        if (bits == 8) {
            numbers[i] = (byte) number;
        } else {
            numbers[i / 2] |= (byte) (i % 2 == 0 ? number : number << 4);
        }
    }

    /** The one that is farthest from 0, with its sign. */
    private static float largest(float[] weights, int from, int count) {
        float largest = 0;
        for (int i = from; i < from + count; i++) {
            if (Math.abs(weights[i]) > Math.abs(largest)) {
                largest = weights[i];
            }
        }
        return largest;
    }
}
