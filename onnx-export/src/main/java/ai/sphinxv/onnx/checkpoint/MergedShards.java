package ai.sphinxv.onnx.checkpoint;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Set<String> different = ConcurrentHashMap.newKeySet(); // of which it was told

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
    public void read(String name, long from, float[] into) {
        int axis = axes.applyAsInt(name);
        if (axis == WHOLE) {
            same(name, from, into);
        } else {
            joined(name, axis, from, into);
        }
    }

    /** The first shard's, with a warning if another differs: one of them was then saved at another time. */
    private void same(String name, long from, float[] into) {
        first().read(name, from, into);
        float[] other = new float[into.length];
        for (Checkpoint shard : shards.subList(1, shards.size())) {
            shard.read(name, from, other);
            if (!Arrays.equals(into, other) && different.add(name)) {
                LOG.log(Level.WARNING, "{0} differs between {1} and {2}: the first is taken", name, first(), shard);
            }
        }
    }

    /** A row is one part of every shard after another. */
    private void joined(String name, int axis, long from, float[] into) {
        List<Long> sizes = shape(name).sizes();
        long length = product(sizes.subList(axis, sizes.size()));
        long before = 0; // numbers of a row that earlier shards have
        for (Checkpoint shard : shards) {
            List<Long> part = shard.shape(name).sizes();
            long width = product(part.subList(axis, part.size()));
            if (width > 0) {
                new Strip(length, before, width).copy(shard, name, from, into);
            }
            before += width;
        }
    }

    /**
     * What a shard has of each row.
     *
     * @param length of a whole row
     * @param before numbers of it that lie before this shard's
     * @param width numbers of it that are this shard's
     */
    private record Strip(long length, long before, long width) {

        /** Of the whole tensor's numbers from that one on, those that are this shard's. */
        void copy(Checkpoint shard, String name, long from, float[] into) {
            long to = from + into.length;
            long first = inShard(from);
            float[] part = new float[Math.toIntExact(inShard(to) - first)];
            shard.read(name, first, part);
            int at = 0;
            while (at < part.length) {
                long row = (first + at) / width;
                long column = (first + at) % width;
                int count = (int) Math.min(width - column, part.length - at);
                int target = Math.toIntExact(row * length + before + column - from);
                System.arraycopy(part, at, into, target, count);
                at += count;
            }
        }

        /** How many of the shard's numbers come before that place of the whole tensor. */
        private long inShard(long place) {
            long row = place / length;
            return row * width + Math.clamp(place - row * length - before, 0L, width);
        }
    }

    @Override
    public String identity() {
        return shards.stream().map(Checkpoint::identity).toList().toString();
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
