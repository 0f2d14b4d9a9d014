package ai.sphinxv.onnx.ops;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a network may do with a tensor. A network is written once over these words and then runs as LibTorch tensors
 * (training), as an ONNX graph (serving) or as bare shapes (checks of models that fit in no test). Each back end lowers
 * a word to its best kernel.
 *
 * <p>Shapes: {@code B} batch, {@code T} or {@code S} tokens, {@code C} channels, {@code W} width. An axis may be
 * negative, counted from the end. A network never reads a dynamic size: {@link #reshape} keeps (0) or infers (-1) it.
 *
 * @param <V> a tensor of the back end
 */
public interface Ops<V> {

    /** End of a slice that goes to the end of its axis. */
    int END = Integer.MAX_VALUE;

    /** A learned tensor, by its name in the checkpoint; the shape is declared here and checked. */
    V weight(String name, long... shape);

    /** A fixed tensor. */
    V constant(float[] values, long... shape);

    /** Sum, broadcasting. */
    V add(V a, V b);

    /** Product by element, broadcasting. */
    V multiply(V a, V b);

    /** {@code x * scale + shift}. */
    V affine(V x, double scale, double shift);

    /** Where {@code condition} is 1 the first, where it is 0 the second; all three broadcast. */
    V select(V condition, V ifOne, V ifZero);

    /** Each number as the nearest 16-bit brain float, of two the even one. */
    V bfloat16(V x);

    V sin(V x);

    V cos(V x);

    /** Exact GELU (erf), not the tanh or sigmoid approximation. */
    V gelu(V x);

    V silu(V x);

    V sigmoid(V x);

    /** {@code x} where it is positive, {@code slope * x} where it is not. */
    V leakyRelu(V x, double slope);

    /** The larger of both by element, broadcasting. */
    V larger(V a, V b);

    /** [..., M, K] x [K, N] -> [..., M, N]. */
    V matmul(V a, V b);

    /** [..., in] with weight [out, in] and bias [out] -> [..., out]. */
    V linear(V x, V weight, @Nullable V bias);

    /** [B, C, H, W] with weight [out, C / groups, k, k] -> [B, out, H', W']. */
    V conv2d(V x, V weight, @Nullable V bias, int stride, int padding, int groups);

    /** [B, C, H, W] -> [B, C, H', W'], the largest in each window; what lies outside the map does not count. */
    V maxPool(V x, int window, int stride, int padding);

    /** Normalises the last axis to mean 0 and variance 1, then scales and shifts. */
    V layerNorm(V x, V weight, V bias, double eps);

    /** Divides the last axis by its root mean square, then scales. */
    V rmsNorm(V x, V weight, double eps);

    /** Mean over an axis, which stays with size 1. */
    V mean(V x, int axis);

    /** Largest along an axis, which stays with size 1. */
    V largest(V x, int axis);

    /** Joins parts that differ in size along one axis only. */
    V concat(int axis, List<V> parts);

    /** From {@code from} (negative: from the end) up to but without {@code to} ({@link #END}: to the end). */
    V slice(V x, int axis, int from, int to);

    /** Each size as given; 0 keeps the size at that place, -1 (once) is inferred. */
    V reshape(V x, long... sizes);

    V transpose(V x, int... axes);

    /** Repeats {@code x} along an axis of size 1 until it is as long as {@code like} along {@code likeAxis}. */
    V repeat(V x, int axis, V like, int likeAxis);

    /** [A * B, W] -> [A, B, W] where {@code like} is [A, B, ...]. */
    V part(V x, V like);

    /** [B, C, from, from] -> [B, C, size, size]; source = floor(target * from / size), exactly. */
    V resizeNearest(V x, int from, int size);

    /**
     * Half of a picture's rows and columns: [B, 3, H, W] -> [B, 3, H / 2, W / 2]; bicubic with a = -0.75, half-pixel
     * centres, clamped at the border, no antialias.
     */
    V halve(V picture);

    /** [B, C, H, W] -> [B, C, size, size]; half-pixel centres, clamped at the border, no antialias. */
    V resizeBilinear(V x, int size);

    /** Rows of a table [rows, W] by their numbers [B, T] -> [B, T, W]. */
    V embedding(V table, V rows);

    /** Every query sees every key: [B, T, W], [B, T', W], [B, T', W] -> [B, T, W]. */
    V attention(V queries, V keys, V values, int heads);

    /**
     * A decoder layer's attention: rotary positions, each token sees itself and what came before it, and, where the
     * back end keeps a KV cache, also what the cache holds. Queries [B, S, heads * W], keys and values
     * [B, S, kvHeads * W] -> [B, S, heads * W].
     */
    V causalAttention(V queries, V keys, V values, CausalAttention layer);

    /**
     * @param layer its number, which names its cache
     * @param maxTokens positions that the rotary table and the cache hold
     * @param theta rotary base
     * @param interleaved whether rotary pairs are neighbours (Meta's checkpoints) or half a head apart
     */
    record CausalAttention(
            int layer, int heads, int kvHeads, int headWidth, int maxTokens, double theta, boolean interleaved) {

        /** [positions, headWidth / 2] cosines of the angles by which pairs are turned at positions 0, 1, 2, … */
        public float[] cosines(int positions) {
            return each(positions, Math::cos);
        }

        /** [positions, headWidth / 2] sines of the same angles. */
        public float[] sines(int positions) {
            return each(positions, Math::sin);
        }

        private float[] each(int positions, DoubleUnaryOperator function) {
            double[] angles = angles(positions);
            float[] values = new float[angles.length];
            for (int i = 0; i < angles.length; i++) {
                values[i] = (float) function.applyAsDouble(angles[i]);
            }
            return values;
        }

        /** How far each position turns a pair of numbers further than the one before, in radians. */
        public static double turn(double theta, int headWidth, int pair) {
            return Math.pow(theta, -2.0 * pair / headWidth);
        }

        private double[] angles(int positions) {
            int pairs = headWidth / 2;
            double[] angles = new double[positions * pairs];
            for (int i = 0; i < angles.length; i++) {
                int position = i / pairs;
                angles[i] = position * turn(theta, headWidth, i % pairs);
            }
            return angles;
        }
    }
}
