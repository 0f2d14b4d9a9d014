package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import java.util.List;

/** What several networks are made of. */
final class Blocks {
    static final double EPS = 1e-5;

    private Blocks() {}

    /** Linear layer with bias: name.weight [out, in], name.bias [out]. */
    static <V> V linear(Ops<V> ops, V x, String name, int in, int out) {
        return ops.linear(x, ops.weight(name + ".weight", out, in), ops.weight(name + ".bias", out));
    }

    /** Linear layer without bias. */
    static <V> V linearNoBias(Ops<V> ops, V x, String name, int in, int out) {
        return ops.linear(x, ops.weight(name + ".weight", out, in), null);
    }

    static <V> V layerNorm(Ops<V> ops, V x, String name, int width, double eps) {
        return ops.layerNorm(x, ops.weight(name + ".weight", width), ops.weight(name + ".bias", width), eps);
    }

    /** LayerNorm over the channels of a map [B, C, h, w]. */
    static <V> V normChannels(Ops<V> ops, V x, String name, int width) {
        V last = layerNorm(ops, ops.transpose(x, 0, 2, 3, 1), name, width, EPS);
        return ops.transpose(last, 0, 3, 1, 2);
    }

    /** A connector to the language model: name.0 is linear, name.1 a norm (reference-model 1.1). */
    static <V> V project(Ops<V> ops, V x, String name, int in, int out) {
        return layerNorm(ops, linear(ops, x, name + ".0", in, out), name + ".1", out, EPS);
    }

    /** Splits joined queries, keys and values [B, T, 3W], lets them attend, and gives [B, T, W]. */
    static <V> V attendJoined(Ops<V> ops, V joined, int width, int heads) {
        V queries = ops.slice(joined, -1, 0, width);
        V keys = ops.slice(joined, -1, width, 2 * width);
        V values = ops.slice(joined, -1, 2 * width, 3 * width);
        return ops.attention(queries, keys, values, heads);
    }

    /** Map [B, W, g, g] -> rows [B, g * g, W]. */
    static <V> V rows(Ops<V> ops, V map, int width) {
        return ops.transpose(ops.reshape(map, 0, width, -1), 0, 2, 1);
    }

    /** Puts one learned or computed row [1 or B, 1, W] in front of rows [B, R, W]. */
    static <V> V prepend(Ops<V> ops, V row, V rows) {
        return ops.concat(1, List.of(ops.repeat(row, 0, rows, 0), rows));
    }
}
