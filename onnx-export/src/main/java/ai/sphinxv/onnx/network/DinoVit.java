package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.ModelConfig.Image;

/**
 * DINOv2's ViT: SwiGLU, LayerScale, class token and patch tokens after the last norm. Its position table is already
 * interpolated to the grid when the checkpoint is converted (reference-model 1.1).
 */
final class DinoVit {
    private static final double EPS = 1e-6;

    private DinoVit() {}

    /** Views [B, 3, v, v], normalised as the image config says -> rows [B, R, W]. */
    static <V> V forward(Ops<V> ops, Expert.DinoVit vit, Image image, V views) {
        String name = vit.name();
        int width = vit.width();
        V patches = ops.conv2d(
                renormalise(ops, vit, image, views),
                ops.weight(name + ".patch_embed.proj.weight", width, 3, vit.patch(), vit.patch()),
                ops.weight(name + ".patch_embed.proj.bias", width),
                vit.patch(),
                0,
                1);
        V x = Blocks.prepend(ops, ops.weight(name + ".cls_token", 1, 1, width), Blocks.rows(ops, patches, width));
        x = ops.add(x, ops.weight(name + ".pos_embed", 1, image.rows(), width));
        for (int i = 0; i < vit.layers(); i++) {
            x = block(ops, vit, name + ".blocks." + i, x);
        }
        return Blocks.layerNorm(ops, x, name + ".norm", width, EPS);
    }

    private static <V> V block(Ops<V> ops, Expert.DinoVit vit, String name, V x) {
        int width = vit.width();
        V joined = Blocks.linear(
                ops, Blocks.layerNorm(ops, x, name + ".norm1", width, EPS), name + ".attn.qkv", width, 3 * width);
        V attended = Blocks.attendJoined(ops, joined, width, vit.heads());
        attended = Blocks.linear(ops, attended, name + ".attn.proj", width, width);
        x = ops.add(x, ops.multiply(attended, ops.weight(name + ".ls1.gamma", width)));

        int hidden = vit.hidden();
        V gates = Blocks.linear(
                ops, Blocks.layerNorm(ops, x, name + ".norm2", width, EPS), name + ".mlp.w12", width, 2 * hidden);
        V gated = ops.multiply(ops.silu(ops.slice(gates, -1, 0, hidden)), ops.slice(gates, -1, hidden, 2 * hidden));
        V mixed = Blocks.linear(ops, gated, name + ".mlp.w3", hidden, width);
        return ops.add(x, ops.multiply(mixed, ops.weight(name + ".ls2.gamma", width)));
    }

    /** From the image's mean and deviation to this expert's: (x * std + mean - ownMean) / ownStd, channel by channel. */
    private static <V> V renormalise(Ops<V> ops, Expert.DinoVit vit, Image image, V views) {
        float[] scale = new float[3];
        float[] shift = new float[3];
        for (int c = 0; c < 3; c++) {
            scale[c] = (float) (image.std().get(c) / vit.std().get(c));
            shift[c] = (float)
                    ((image.mean().get(c) - vit.mean().get(c)) / vit.std().get(c));
        }
        return ops.add(ops.multiply(views, ops.constant(scale, 1, 3, 1, 1)), ops.constant(shift, 1, 3, 1, 1));
    }
}
