package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.ModelConfig.Image;
import java.util.ArrayList;
import java.util.List;

/**
 * NanoDet (RangiLyu/nanodet) with a CSP backbone and a path-aggregation neck without convolutions. Only the class half
 * of its head is here: where an object is, the mark says. Convolutions are numbered as in the published graph.
 */
final class NanoDet {
    static final List<Integer> STRIDES = List.of(8, 16, 32);

    private static final int WIDTH = 128;
    private static final double SLOPE = 0.1;

    /** Head convolutions of each stride and the 1x1 that scores classes after it. */
    private static final int[] HEADS = {28, 30, 32};

    private NanoDet() {}

    /**
     * What the head sees and says, one map for each of {@link #STRIDES}.
     *
     * @param features [B, 128, v / stride, v / stride]
     * @param scores class logits [B, classes, v / stride, v / stride]
     */
    record Maps<V>(List<V> features, List<V> scores) {}

    /** Views [B, 3, v, v], red first, with ImageNet's mean and deviation; v divides by 32. */
    static <V> Maps<V> forward(Ops<V> ops, Expert.NanoDet net, int viewSize, V views) {
        var convs = new Convs<>(ops, net.name());
        V x = ops.maxPool(convs.active(0, views, 3, 32, 2), 3, 2, 1);
        V quarter = stage(convs, 1, x, 32, 1, 1);
        V eighth = stage(convs, 5, quarter, 64, 2, 2);
        V sixteenth = stage(convs, 11, eighth, 128, 2, 2);
        V thirtySecond = stage(convs, 17, sixteenth, 256, 2, 3);
        return heads(convs, net, neck(convs, viewSize, eighth, sixteenth, thirtySecond));
    }

    /** What the head sees at the largest stride, averaged to the grid: rows [B, 1 + grid * grid, 128], first their mean. */
    static <V> V rows(Ops<V> ops, Maps<V> maps, Image image) {
        int grid = image.grid();
        int side = image.viewSize() / STRIDES.getLast();
        V x = ops.reshape(maps.features().getLast(), -1, grid, side / grid, grid, side / grid); // [B * 128, g, k, g, k]
        V cells = ops.reshape(ops.mean(ops.mean(x, 2), 4), -1, WIDTH, grid, grid);
        V rows = Blocks.rows(ops, cells, WIDTH);
        return ops.concat(1, List.of(ops.mean(rows, 1), rows));
    }

    /**
     * A cross-stage partial stage: what goes through the blocks is joined with what went past them.
     *
     * @param number of its first convolution
     * @return [B, 2W, h / stride, w / stride]
     */
    private static <V> V stage(Convs<V> convs, int number, V before, int width, int stride, int blocks) {
        V past = convs.active(number++, before, width, width, stride);
        V x = past;
        for (int i = 0; i < blocks; i++) {
            V half = convs.active(number++, x, width, width / 2, 1);
            V again = convs.active(number++, half, width / 2, width / 2, 1);
            x = convs.ops().concat(1, List.of(again, half));
        }
        return convs.ops().concat(1, List.of(convs.active(number, x, width, width, 1), past));
    }

    /** Top down, then bottom up, each time resized and added. */
    private static <V> List<V> neck(Convs<V> convs, int viewSize, V eighth, V sixteenth, V thirtySecond) {
        Ops<V> ops = convs.ops();
        V large = convs.lateral(25, eighth, 128);
        V middle = convs.lateral(26, sixteenth, 256);
        V small = convs.lateral(27, thirtySecond, 512);
        middle = ops.add(middle, ops.resizeBilinear(small, viewSize / 16));
        large = ops.add(large, ops.resizeBilinear(middle, viewSize / 8));
        middle = ops.add(middle, ops.resizeBilinear(large, viewSize / 16));
        small = ops.add(small, ops.resizeBilinear(middle, viewSize / 32));
        return List.of(large, middle, small);
    }

    private static <V> Maps<V> heads(Convs<V> convs, Expert.NanoDet net, List<V> neck) {
        var features = new ArrayList<V>();
        var scores = new ArrayList<V>();
        for (int i = 0; i < neck.size(); i++) {
            V feature = convs.active(HEADS[i], neck.get(i), WIDTH, WIDTH, 1);
            features.add(feature);
            scores.add(convs.conv(HEADS[i] + 1, feature, WIDTH, net.classes(), 1, 1));
        }
        return new Maps<>(features, scores);
    }

    /** Its numbered convolutions. */
    private record Convs<V>(Ops<V> ops, String name) {

        V conv(int number, V x, int in, int out, int window, int stride) {
            String conv = name + ".convs." + number;
            return ops.conv2d(
                    x,
                    ops.weight(conv + ".weight", out, in, window, window),
                    ops.weight(conv + ".bias", out),
                    stride,
                    window / 2,
                    1);
        }

        V active(int number, V x, int in, int out, int stride) {
            return ops.leakyRelu(conv(number, x, in, out, 3, stride), SLOPE);
        }

        V lateral(int number, V x, int in) {
            return conv(number, x, in, WIDTH, 1, 1);
        }
    }
}
