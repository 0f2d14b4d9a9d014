package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/** What the object expert finds over the padded square: class scores and the features beneath them. */
final class ObjectMap {
    private ObjectMap() {}

    /**
     * Joins all strides and views. Of class scores, each cell has the best of any stride in the whole square, then in
     * the quarters; of features, those at the middle stride of the whole, for what a thing is, and those at the finest
     * of the quarters, for what it is made of.
     *
     * @return [B, objectChannels, grid * grid]
     */
    static <V> V of(Ops<V> ops, ModelConfig config, NanoDet.Maps<V> maps) {
        int grid = config.objectGrid();
        List<V> whole = new ArrayList<>();
        List<V> quarters = new ArrayList<>();
        for (int stride = 0; stride < maps.scores().size(); stride++) {
            whole.add(whole(
                    ops, config.objectClasses(), grid, stride, maps.scores().get(stride)));
            quarters.add(quarters(
                    ops, config.objectClasses(), grid, stride, maps.scores().get(stride)));
        }
        V joined = ops.concat(
                1,
                List.of(
                        largest(ops, whole),
                        largest(ops, quarters),
                        whole(
                                ops,
                                config.objectFeatures(),
                                grid,
                                1,
                                maps.features().get(1)),
                        quarters(
                                ops,
                                config.objectFeatures(),
                                grid,
                                0,
                                maps.features().getFirst())));
        return ops.reshape(joined, 0, config.objectChannels(), -1);
    }

    private static <V> V largest(Ops<V> ops, List<V> maps) {
        return maps.stream().reduce(ops::larger).orElseThrow();
    }

    /** The first view of a map [VIEWS * B, C, s, s] -> [B, C, g, g]. */
    private static <V> V whole(Ops<V> ops, int channels, int grid, int stride, V map) {
        int side = grid >> stride;
        V byView = ops.reshape(map, ModelConfig.VIEWS, -1, channels, side, side);
        return ops.resizeNearest(ops.reshape(ops.slice(byView, 0, 0, 1), -1, channels, side, side), side, grid);
    }

    /** The other views, top left, top right, bottom left, bottom right, side by side -> [B, C, g, g]. */
    private static <V> V quarters(Ops<V> ops, int channels, int grid, int stride, V map) {
        int side = grid >> stride;
        int half = grid / 2;
        V byView = ops.reshape(map, ModelConfig.VIEWS, -1, channels, side, side);
        V x = ops.reshape(ops.slice(byView, 0, 1, Ops.END), -1, channels, side, side); // [4 * B, ...]
        x = stride == 0 ? ops.maxPool(x, 2, 2, 0) : ops.resizeNearest(x, side, half);
        x = ops.transpose(ops.reshape(x, 2, 2, -1, channels, half, half), 2, 3, 0, 4, 1, 5);
        return ops.reshape(x, -1, channels, grid, grid);
    }
}
