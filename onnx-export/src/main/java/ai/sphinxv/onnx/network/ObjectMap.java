package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.prompt.ObjectScores;
import java.util.ArrayList;
import java.util.List;

/**
 * What the object expert finds over the padded square, class scores and the features beneath them, and the largest of
 * each under each mark. Exact pooling: a cell counts for a mark if its centre lies within.
 */
public final class ObjectMap {
    /** A little more than half a cell, so that the smallest mark has a cell. */
    private static final double LEAST = 0.501;

    private static final double OUTSIDE = -1e4;

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

    /**
     * The largest of every number under each mark.
     *
     * @param corners [B, K, 4] as fractions of the padded square
     * @param map [B, objectChannels, grid * grid]
     * @return [B, K, objectChannels]
     */
    public static <V> V under(Ops<V> ops, ModelConfig config, V corners, V map) {
        int grid = config.objectGrid();
        V columns = outside(ops, corners, 0, grid); // [B, K, g]
        V rows = outside(ops, corners, 1, grid);
        V cells = ops.add(ops.reshape(rows, 0, 0, grid, 1), ops.reshape(columns, 0, 0, 1, grid));
        V masked = ops.add(
                ops.reshape(map, -1, 1, config.objectChannels(), grid * grid),
                ops.reshape(cells, 0, 0, 1, grid * grid));
        return ops.reshape(ops.largest(masked, -1), 0, 0, config.objectChannels());
    }

    /** 0 for each line of cells that counts, far below any score for the others: [B, K, g]. */
    private static <V> V outside(Ops<V> ops, V corners, int axis, int grid) {
        V low = ops.slice(corners, -1, axis, axis + 1);
        V high = ops.slice(corners, -1, axis + 2, axis + 3);
        V middle = ops.affine(ops.add(low, high), 0.5, 0);
        V half = ops.affine(ops.add(high, ops.affine(low, -1, 0)), ObjectScores.CENTRAL / 2, 0);
        half = ops.larger(half, ops.constant(new float[] {(float) (LEAST / grid)}, 1));
        float[] centres = new float[grid];
        for (int i = 0; i < grid; i++) {
            centres[i] = (i + 0.5f) / grid;
        }
        V offset = ops.add(ops.constant(centres, 1, 1, grid), ops.affine(middle, -1, 0)); // [B, K, g]
        V inside = ops.add(ops.multiply(half, half), ops.affine(ops.multiply(offset, offset), -1, 0));
        V flag = ops.affine(inside, 1e6, 0.5); // far from the threshold on either side
        return ops.select(flag, ops.constant(new float[] {0}, 1), ops.constant(new float[] {(float) OUTSIDE}, 1));
    }
}
