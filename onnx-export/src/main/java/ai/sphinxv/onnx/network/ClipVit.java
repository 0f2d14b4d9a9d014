package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.Expert;

/**
 * OpenAI's CLIP ViT, all tokens after the last norm. Exact GELU although the weights were made with QuickGELU, as the
 * released model was trained (reference-model 0, fact 3).
 */
final class ClipVit {
    private ClipVit() {}

    /** Views [B, 3, v, v] -> rows [B, R, W]. */
    static <V> V forward(Ops<V> ops, Expert.ClipVit vit, int rows, V views) {
        String name = vit.name();
        int width = vit.width();
        V patches = ops.conv2d(
                views, ops.weight(name + ".conv1.weight", width, 3, vit.patch(), vit.patch()), null, vit.patch(), 0, 1);
        V type = ops.reshape(ops.weight(name + ".class_embedding", width), 1, 1, width);
        V x = Blocks.prepend(ops, type, Blocks.rows(ops, patches, width));
        x = ops.add(x, ops.weight(name + ".positional_embedding", rows, width));
        x = Blocks.layerNorm(ops, x, name + ".ln_pre", width, Blocks.EPS);
        for (int i = 0; i < vit.layers(); i++) {
            x = block(ops, vit, name + ".transformer.resblocks." + i, x);
        }
        return Blocks.layerNorm(ops, x, name + ".ln_post", width, Blocks.EPS);
    }

    private static <V> V block(Ops<V> ops, Expert.ClipVit vit, String name, V x) {
        int width = vit.width();
        V normed = Blocks.layerNorm(ops, x, name + ".ln_1", width, Blocks.EPS);
        V joined = ops.linear(
                normed,
                ops.weight(name + ".attn.in_proj_weight", 3 * width, width),
                ops.weight(name + ".attn.in_proj_bias", 3 * width));
        V attended = Blocks.attendJoined(ops, joined, width, vit.heads());
        x = ops.add(x, Blocks.linear(ops, attended, name + ".attn.out_proj", width, width));

        normed = Blocks.layerNorm(ops, x, name + ".ln_2", width, Blocks.EPS);
        V hidden = ops.gelu(Blocks.linear(ops, normed, name + ".mlp.c_fc", width, vit.hidden()));
        return ops.add(x, Blocks.linear(ops, hidden, name + ".mlp.c_proj", vit.hidden(), width));
    }
}
