package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.Expert;
import java.util.List;

/** A small residual network of 3x3 convolutions; its last map is normalised like ConvNeXt's. */
final class ResidualConv {
    private ResidualConv() {}

    /** Views [B, 3, v, v] -> rows [B, 1 + grid * grid, W], the first the mean of the others. */
    static <V> V forward(Ops<V> ops, Expert.ResidualConv net, V views) {
        V x = views;
        int before = 3;
        for (int stage = 0; stage < net.widths().size(); stage++) {
            String name = net.name() + ".stages." + stage;
            int width = net.widths().get(stage);
            x = conv(ops, stage == 0 ? x : ops.silu(x), name + ".downsample", before, width, 2);
            for (int i = 0; i < net.depths().get(stage); i++) {
                x = block(ops, name + ".blocks." + i, width, x);
            }
            before = width;
        }
        V rows = Blocks.layerNorm(ops, Blocks.rows(ops, x, before), net.name() + ".norm", before, Blocks.EPS);
        return ops.concat(1, List.of(ops.mean(rows, 1), rows));
    }

    private static <V> V block(Ops<V> ops, String name, int width, V x) {
        V y = Blocks.normChannels(ops, x, name + ".norm", width);
        y = ops.silu(conv(ops, y, name + ".conv1", width, width, 1));
        return ops.add(x, conv(ops, y, name + ".conv2", width, width, 1));
    }

    private static <V> V conv(Ops<V> ops, V x, String name, int in, int out, int stride) {
        return ops.conv2d(
                x, ops.weight(name + ".weight", out, in, 3, 3), ops.weight(name + ".bias", out), stride, 1, 1);
    }
}
