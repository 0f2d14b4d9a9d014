package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.Expert;
import java.util.List;

/** OpenCLIP's ConvNeXt trunk; the head's norm is applied at every cell and no pooling (reference-model 1.1). */
final class ConvNext {
    private ConvNext() {}

    /** Views [B, 3, v, v] -> rows [B, 1 + grid * grid, W], the first the mean of the others. */
    static <V> V forward(Ops<V> ops, Expert.ConvNext net, int viewSize, int grid, V views) {
        String name = net.name();
        V x = net.inputSize() == viewSize ? views : ops.resizeNearest(views, viewSize, net.inputSize());
        int width = net.widths().getFirst();
        x = ops.conv2d(
                x,
                ops.weight(name + ".stem.0.weight", width, 3, 4, 4),
                ops.weight(name + ".stem.0.bias", width),
                4,
                0,
                1);
        x = Blocks.normChannels(ops, x, name + ".stem.1", width);
        for (int stage = 0; stage < net.depths().size(); stage++) {
            x = stage(ops, net, stage, x);
        }
        width = net.width();
        x = Blocks.normChannels(ops, x, name + ".head.norm", width);
        if (net.upsample() > 1) {
            x = ops.resizeNearest(x, grid / net.upsample(), grid);
        }
        V rows = Blocks.rows(ops, x, width);
        return ops.concat(1, List.of(ops.mean(rows, 1), rows));
    }

    private static <V> V stage(Ops<V> ops, Expert.ConvNext net, int stage, V x) {
        String name = net.name() + ".stages." + stage;
        int width = net.widths().get(stage);
        if (stage > 0) {
            int before = net.widths().get(stage - 1);
            x = Blocks.normChannels(ops, x, name + ".downsample.0", before);
            x = ops.conv2d(
                    x,
                    ops.weight(name + ".downsample.1.weight", width, before, 2, 2),
                    ops.weight(name + ".downsample.1.bias", width),
                    2,
                    0,
                    1);
        }
        for (int i = 0; i < net.depths().get(stage); i++) {
            x = block(ops, name + ".blocks." + i, width, x);
        }
        return x;
    }

    private static <V> V block(Ops<V> ops, String name, int width, V x) {
        V mixed = ops.conv2d(
                x,
                ops.weight(name + ".conv_dw.weight", width, 1, 7, 7),
                ops.weight(name + ".conv_dw.bias", width),
                1,
                3,
                width);
        V last = ops.transpose(mixed, 0, 2, 3, 1); // [B, h, w, C]
        last = Blocks.layerNorm(ops, last, name + ".norm", width, Blocks.EPS);
        last = ops.gelu(Blocks.linear(ops, last, name + ".mlp.fc1", width, 4 * width));
        last = Blocks.linear(ops, last, name + ".mlp.fc2", 4 * width, width);
        last = ops.multiply(last, ops.weight(name + ".gamma", width));
        return ops.add(x, ops.transpose(last, 0, 3, 1, 2));
    }
}
