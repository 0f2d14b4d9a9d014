package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.ModelConfig.QFormer;

/**
 * BLIP-2's tower: the EVA vision transformer, then the Q-Former, whose learned queries read all of its tokens
 * (reference-model 1.1). BERT's layers: norm after each sum, cross-attention in every second one.
 */
final class QFormerTower {
    private static final double BERT_EPS = 1e-12;

    private QFormerTower() {}

    /** Views [B, 3, v, v] -> [B, queries, W]. */
    static <V> V forward(Ops<V> ops, QFormer net, int rows, V views) {
        V image = vision(ops, net, rows, views);
        String name = net.name() + ".qformer";
        V x = ops.weight(net.name() + ".query_tokens", 1, net.queries(), net.width());
        x = bertNorm(ops, x, name + ".layernorm", net.width());
        x = ops.repeat(x, 0, views, 0);
        for (int i = 0; i < net.layers(); i++) {
            x = layer(ops, net, name + ".encoder.layer." + i, i % 2 == 0, x, image);
        }
        return x;
    }

    private static <V> V vision(Ops<V> ops, QFormer net, int rows, V views) {
        String name = net.name() + ".vision_model";
        int width = net.imageWidth();
        V patches = ops.conv2d(
                views,
                ops.weight(name + ".embeddings.patch_embedding.weight", width, 3, net.patch(), net.patch()),
                ops.weight(name + ".embeddings.patch_embedding.bias", width),
                net.patch(),
                0,
                1);
        V type = ops.weight(name + ".embeddings.class_embedding", 1, 1, width);
        V x = Blocks.prepend(ops, type, Blocks.rows(ops, patches, width));
        x = ops.add(x, ops.weight(name + ".embeddings.position_embedding", 1, rows, width));
        for (int i = 0; i < net.imageLayers(); i++) {
            x = visionLayer(ops, net, name + ".encoder.layers." + i, x);
        }
        return Blocks.layerNorm(ops, x, name + ".post_layernorm", width, Blocks.EPS);
    }

    private static <V> V visionLayer(Ops<V> ops, QFormer net, String name, V x) {
        int width = net.imageWidth();
        V normed = Blocks.layerNorm(ops, x, name + ".layer_norm1", width, Blocks.EPS);
        V joined = Blocks.linear(ops, normed, name + ".self_attn.qkv", width, 3 * width);
        V attended = Blocks.attendJoined(ops, joined, width, net.imageHeads());
        x = ops.add(x, Blocks.linear(ops, attended, name + ".self_attn.projection", width, width));

        normed = Blocks.layerNorm(ops, x, name + ".layer_norm2", width, Blocks.EPS);
        V hidden = ops.gelu(Blocks.linear(ops, normed, name + ".mlp.fc1", width, net.imageHidden()));
        return ops.add(x, Blocks.linear(ops, hidden, name + ".mlp.fc2", net.imageHidden(), width));
    }

    private static <V> V layer(Ops<V> ops, QFormer net, String name, boolean crosses, V x, V image) {
        x = attend(ops, net, name + ".attention", x, x, net.width());
        if (crosses) {
            x = attend(ops, net, name + ".crossattention", x, image, net.imageWidth());
        }
        V hidden = ops.gelu(Blocks.linear(ops, x, name + ".intermediate_query.dense", net.width(), net.hidden()));
        V mixed = Blocks.linear(ops, hidden, name + ".output_query.dense", net.hidden(), net.width());
        return bertNorm(ops, ops.add(mixed, x), name + ".output_query.LayerNorm", net.width());
    }

    private static <V> V attend(Ops<V> ops, QFormer net, String name, V x, V seen, int seenWidth) {
        int width = net.width();
        V queries = Blocks.linear(ops, x, name + ".attention.query", width, width);
        V keys = Blocks.linear(ops, seen, name + ".attention.key", seenWidth, width);
        V values = Blocks.linear(ops, seen, name + ".attention.value", seenWidth, width);
        V attended = ops.attention(queries, keys, values, net.heads());
        V mixed = Blocks.linear(ops, attended, name + ".output.dense", width, width);
        return bertNorm(ops, ops.add(mixed, x), name + ".output.LayerNorm", width);
    }

    private static <V> V bertNorm(Ops<V> ops, V x, String name, int width) {
        return Blocks.layerNorm(ops, x, name, width, BERT_EPS);
    }
}
