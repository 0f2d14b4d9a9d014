package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The object expert's class scores over the padded square, and the best of them under each mark. Exact pooling: a cell
 * counts for a mark if its centre lies within.
 */
public final class ObjectScores {
    /** Share of a box, each way, whose cells count: near its edges other things are seen. */
    private static final double CENTRAL = 0.4;

    /** A little more than half a cell, so that the smallest mark has a cell. */
    private static final double LEAST = 0.501;

    private static final double OUTSIDE = -1e4;

    private ObjectScores() {}

    /**
     * Joins the scores of all strides and views: in each cell the best score that the whole square has there, then the
     * best that its quarters have.
     *
     * @param scores of each stride, [VIEWS * B, classes, v / stride, v / stride]
     * @return [B, 2 * classes, grid * grid]
     */
    static <V> V map(Ops<V> ops, ModelConfig config, List<V> scores) {
        int classes = config.objectClasses();
        int grid = config.objectGrid();
        List<V> whole = new ArrayList<>();
        List<V> quarters = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            int side = grid >> i;
            V byView = ops.reshape(scores.get(i), ModelConfig.VIEWS, -1, classes, side, side);
            V first = ops.reshape(ops.slice(byView, 0, 0, 1), -1, classes, side, side);
            whole.add(ops.resizeNearest(first, grid));
            V others = ops.reshape(ops.slice(byView, 0, 1, Ops.END), -1, classes, side, side); // [4 * B, ...]
            quarters.add(i == 0 ? ops.maxPool(others, 2, 2, 0) : ops.resizeNearest(others, grid / 2));
        }
        V best = joined(ops, largest(ops, quarters), classes, grid);
        return ops.reshape(ops.concat(1, List.of(largest(ops, whole), best)), 0, 2 * classes, -1);
    }

    private static <V> V largest(Ops<V> ops, List<V> maps) {
        return maps.stream().reduce(ops::larger).orElseThrow();
    }

    /** Quarters [4 * B, C, g/2, g/2], top left, top right, bottom left, bottom right -> [B, C, g, g]. */
    private static <V> V joined(Ops<V> ops, V quarters, int classes, int grid) {
        int half = grid / 2;
        V x = ops.reshape(quarters, 2, 2, -1, classes, half, half);
        return ops.reshape(ops.transpose(x, 2, 3, 0, 4, 1, 5), -1, classes, grid, grid);
    }

    /**
     * The best scores under each mark.
     *
     * @param corners [B, N, 4] as fractions of the padded square
     * @param map [B, objectScores, grid * grid]
     * @return [B, N, objectScores]
     */
    public static <V> V under(Ops<V> ops, ModelConfig config, V corners, V map) {
        int grid = config.objectGrid();
        V columns = outside(ops, corners, 0, grid); // [B, N, g]
        V rows = outside(ops, corners, 1, grid);
        int slots = config.prompts().slots();
        V cells = ops.add(ops.reshape(rows, -1, slots, grid, 1), ops.reshape(columns, -1, slots, 1, grid));
        V masked = ops.add(
                ops.reshape(map, -1, 1, config.objectScores(), grid * grid),
                ops.reshape(cells, -1, slots, 1, grid * grid));
        return ops.reshape(ops.largest(masked, -1), -1, slots, config.objectScores());
    }

    /** 0 for each line of cells that counts, far below any score for the others: [B, N, g]. */
    private static <V> V outside(Ops<V> ops, V corners, int axis, int grid) {
        V low = ops.slice(corners, -1, axis, axis + 1);
        V high = ops.slice(corners, -1, axis + 2, axis + 3);
        V middle = ops.affine(ops.add(low, high), 0.5, 0);
        V half = ops.affine(ops.add(high, ops.affine(low, -1, 0)), CENTRAL / 2, 0);
        half = ops.larger(half, ops.constant(new float[] {(float) (LEAST / grid)}, 1));
        float[] centres = new float[grid];
        for (int i = 0; i < grid; i++) {
            centres[i] = (i + 0.5f) / grid;
        }
        V offset = ops.add(ops.constant(centres, 1, 1, grid), ops.affine(middle, -1, 0)); // [B, N, g]
        V inside = ops.add(ops.multiply(half, half), ops.affine(ops.multiply(offset, offset), -1, 0));
        V flag = ops.affine(inside, 1e6, 0.5); // far from the threshold on either side
        return ops.select(flag, ops.constant(new float[] {0}, 1), ops.constant(new float[] {(float) OUTSIDE}, 1));
    }
}
