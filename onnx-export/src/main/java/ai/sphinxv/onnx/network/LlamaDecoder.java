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
        String name = "layers." + i;
        V normed = ops.rmsNorm(x, ops.weight(name + ".attention_norm.weight", net.width()), net.eps());
        x = ops.add(x, attention(ops, net, i, name + ".attention", normed));
        normed = ops.rmsNorm(x, ops.weight(name + ".ffn_norm.weight", net.width()), net.eps());
        return ops.add(x, feedForward(ops, net, name + ".feed_forward", normed));
    }

    private static <V> V attention(Ops<V> ops, Language net, int i, String name, V x) {
        int width = net.width();
        int kvWidth = net.kvHeads() * net.headWidth();
        V queries = Blocks.linearNoBias(ops, x, name + ".wq", width, width);
        V keys = Blocks.linearNoBias(ops, x, name + ".wk", width, kvWidth);
        V values = Blocks.linearNoBias(ops, x, name + ".wv", width, kvWidth);
        V attended = ops.causalAttention(
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
        return Blocks.linearNoBias(ops, attended, name + ".wo", width, width);
    }

    private static <V> V feedForward(Ops<V> ops, Language net, String name, V x) {
        V gate = ops.silu(Blocks.linearNoBias(ops, x, name + ".w1", net.width(), net.hidden()));
        V up = Blocks.linearNoBias(ops, x, name + ".w3", net.width(), net.hidden());
        return Blocks.linearNoBias(ops, ops.multiply(gate, up), name + ".w2", net.hidden(), net.width());
    }
}
