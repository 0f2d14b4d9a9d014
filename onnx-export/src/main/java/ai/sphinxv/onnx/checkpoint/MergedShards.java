package ai.sphinxv.onnx.checkpoint;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Tensor-parallel shards in the order of their ranks. A tensor is cut along an axis of its own and every shard has a part,
 * or it is not cut and every shard has all of it (reference-model 2.4).
 */
public final class MergedShards implements Checkpoint {
    /** In place of an axis: every shard has the same. */
    public static final int WHOLE = -1;

    private static final System.Logger LOG = System.getLogger(MergedShards.class.getName());

    private final List<? extends Checkpoint> shards;
    private final ToIntFunction<String> axes;

    /**
     * Takes the shards: they are closed with it.
     *
     * @param axes of a tensor of that name, or {@link #WHOLE}
     * @throws CheckpointException naming every tensor that a shard lacks or whose parts do not fit together
     */
    public MergedShards(List<? extends Checkpoint> shards, ToIntFunction<String> axes) {
        this.shards = List.copyOf(shards);
        this.axes = axes;
        List<String> wrong = new ArrayList<>();
        var all = new TreeSet<String>();
        shards.forEach(shard -> all.addAll(shard.names()));
        for (String name : all) {
            for (Checkpoint shard : shards) {
                if (!shard.names().contains(name)) {
                    wrong.add("%s is not in %s".formatted(name, shard));
                } else if (first().names().contains(name) && !fits(name, shard)) {
                    wrong.add("%s has shape %s in %s and %s in %s"
                            .formatted(name, first().shape(name), first(), shard.shape(name), shard));
                }
            }
        }
        if (!wrong.isEmpty()) {
            throw new CheckpointException("the shards do not fit together: " + String.join("; ", wrong));
        }
    }

    private Checkpoint first() {
        return shards.getFirst();
    }

    private boolean fits(String name, Checkpoint shard) {
        List<Long> one = first().shape(name).sizes();
        List<Long> other = shard.shape(name).sizes();
        int axis = axes.applyAsInt(name);
        return axis == WHOLE
                ? one.equals(other)
                : axis < one.size() && without(axis, one).equals(without(axis, other));
    }

    private static List<Long> without(int axis, List<Long> sizes) {
        var others = new ArrayList<>(sizes);
        if (axis < others.size()) {
            others.remove(axis);
        }
        return others;
    }

    @Override
    public Set<String> names() {
        return first().names();
    }

    @Override
    public Shape shape(String name) {
        int axis = axes.applyAsInt(name);
        Shape shape = first().shape(name);
        if (axis == WHOLE) {
            return shape;
        }
        var sizes = new ArrayList<>(shape.sizes());
        sizes.set(
                axis,
                shards.stream().mapToLong(shard -> size(shard, name, axis)).sum());
        return new Shape(sizes);
    }

    private static long size(Checkpoint shard, String name, int axis) {
        return shard.shape(name).sizes().get(axis);
    }

    @Override
    public float[] read(String name) {
        int axis = axes.applyAsInt(name);
        return axis == WHOLE ? same(name) : joined(name, axis);
    }

    /** The first shard's, with a warning if another differs: one of them was then saved at another time. */
    private float[] same(String name) {
        float[] values = first().read(name);
        for (Checkpoint shard : shards.subList(1, shards.size())) {
            if (!Arrays.equals(values, shard.read(name))) {
                LOG.log(Level.WARNING, "{0} differs between {1} and {2}: the first is taken", name, first(), shard);
            }
        }
        return values;
    }

    private float[] joined(String name, int axis) {
        List<Long> sizes = shape(name).sizes();
        int rows = Math.toIntExact(product(sizes.subList(0, axis))); // each is one part of every shard after another
        int length = Math.toIntExact(product(sizes.subList(axis, sizes.size())));
        float[] values = new float[Math.multiplyExact(rows, length)];
        int at = 0;
        for (Checkpoint shard : shards) {
            float[] part = shard.read(name);
            int width = rows == 0 ? 0 : part.length / rows;
            for (int row = 0; row < rows; row++) {
                System.arraycopy(part, row * width, values, row * length + at, width);
            }
            at += width;
        }
        return values;
    }

    private static long product(List<Long> sizes) {
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    @Override
    public void close() throws IOException {
        for (Checkpoint shard : shards) {
            shard.close();
        }
    }

    @Override
    public String toString() {
        return shards.toString();
    }
}
