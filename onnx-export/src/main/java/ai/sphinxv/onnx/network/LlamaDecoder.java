package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.onnx.ops.Ops.CausalAttention;
import ai.sphinxv.runtime.bundle.ModelConfig.Language;

/** LLaMA: RMSNorm before each part, rotary positions, SwiGLU, untied head (reference-model 1.4). */
public final class LlamaDecoder {
    private LlamaDecoder() {}

    /** Token numbers [B, T] -> [B, T, H]. */
    public static <V> V embed(Ops<V> ops, Language net, V tokens) {
        return ops.embedding(ops.weight("tok_embeddings.weight", net.vocabulary(), net.width()), tokens);
    }

    /** Embeddings [B, S, H] -> hidden states after the last norm [B, S, H]. */
    public static <V> V forward(Ops<V> ops, Language net, V embeds) {
        return norm(ops, net, layers(ops, net, 0, net.layers(), embeds));
    }

    /**
     * The same for the last position alone [B, 1, H], which is all that a next token is chosen from: what comes after the
     * last layer's attention is computed for no other.
     */
    public static <V> V last(Ops<V> ops, Language net, V embeds) {
        int top = net.layers() - 1;
        V x = layers(ops, net, 0, top, embeds);
        V attended = attention(ops, net, top, x);
        return norm(ops, net, afterAttention(ops, net, top, lastPosition(ops, x), lastPosition(ops, attended)));
    }

    private static <V> V lastPosition(Ops<V> ops, V x) {
        return ops.slice(x, 1, -1, Ops.END);
    }

    /** Only the layers from the first number up to but without the second: training looks in between. */
    public static <V> V layers(Ops<V> ops, Language net, int from, int to, V x) {
        for (int i = from; i < to; i++) {
            x = layer(ops, net, i, x);
        }
        return x;
    }

    /** The norm after the last layer. */
    public static <V> V norm(Ops<V> ops, Language net, V x) {
        return ops.rmsNorm(x, ops.weight("norm.weight", net.width()), net.eps());
    }

    /** Hidden states [B, S, H] -> logits [B, S, vocabulary]. */
    public static <V> V logits(Ops<V> ops, Language net, V hidden) {
        return Blocks.linearNoBias(ops, hidden, "output", net.width(), net.vocabulary());
    }

    private static <V> V layer(Ops<V> ops, Language net, int i, V x) {
        return afterAttention(ops, net, i, x, attention(ops, net, i, x));
    }

    /** Of a layer's input [B, S, H] what the heads see, side by side. */
    private static <V> V attention(Ops<V> ops, Language net, int i, V x) {
        String name = "layers." + i + ".attention";
        int width = net.width();
        int kvWidth = net.kvHeads() * net.headWidth();
        V normed = ops.rmsNorm(x, ops.weight(name + "_norm.weight", width), net.eps());
        V queries = Blocks.linearNoBias(ops, normed, name + ".wq", width, width);
        V keys = Blocks.linearNoBias(ops, normed, name + ".wk", width, kvWidth);
        V values = Blocks.linearNoBias(ops, normed, name + ".wv", width, kvWidth);
        return ops.causalAttention(
                queries,
                keys,
                values,
                new CausalAttention(
                        i,
                        net.heads(),
                        net.kvHeads(),
                        net.headWidth(),
                        net.maxTokens(),
                        net.theta(),
                        net.interleavedRotary()));
    }

    /** The rest of a layer, which takes every position by itself. */
    private static <V> V afterAttention(Ops<V> ops, Language net, int i, V x, V attended) {
        String name = "layers." + i;
        x = ops.add(x, Blocks.linearNoBias(ops, attended, name + ".attention.wo", net.width(), net.width()));
        V normed = ops.rmsNorm(x, ops.weight(name + ".ffn_norm.weight", net.width()), net.eps());
        return ops.add(x, feedForward(ops, net, name + ".feed_forward", normed));
    }

    private static <V> V feedForward(Ops<V> ops, Language net, String name, V x) {
        V gate = ops.silu(Blocks.linearNoBias(ops, x, name + ".w1", net.width(), net.hidden()));
        V up = Blocks.linearNoBias(ops, x, name + ".w3", net.width(), net.hidden());
        return Blocks.linearNoBias(ops, ops.multiply(gate, up), name + ".w2", net.hidden(), net.width());
    }
}
