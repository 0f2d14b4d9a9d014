package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.Expert;
import java.util.List;

/** A small residual network of 3x3 convolutions; its last map is normalised like ConvNeXt's. */
final class ResidualConv {
    private ResidualConv() {}

    /** Views [B, 3, v, v] -> rows [B, 1 + grid * grid, W], the first the mean of the others. */
    static <V> V forward(Ops<V> ops, Expert.ResidualConv net, V views) {
        V cells = cells(ops, net.name(), net.widths(), net.depths(), views);
        return ops.concat(1, List.of(ops.mean(cells, 1), cells));
    }

    /** Pictures [B, 3, v, v] -> one row for each cell of the last map [B, cells, W]. */
    static <V> V cells(Ops<V> ops, String net, List<Integer> widths, List<Integer> depths, V pictures) {
        V x = pictures;
        int before = 3;
        for (int stage = 0; stage < widths.size(); stage++) {
            String name = net + ".stages." + stage;
            int width = widths.get(stage);
            x = conv(ops, stage == 0 ? x : ops.silu(x), name + ".downsample", before, width, 2);
            for (int i = 0; i < depths.get(stage); i++) {
                x = block(ops, name + ".blocks." + i, width, x);
            }
            before = width;
        }
        return Blocks.layerNorm(ops, Blocks.rows(ops, x, before), net + ".norm", before, Blocks.EPS);
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
