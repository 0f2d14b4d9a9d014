package ai.sphinxv.onnx.checkpoint;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A checkpoint of a size that nobody has trained here, for measurements: every tensor is drawn when it is read, the same
 * whenever that is.
 *
 * @param shapes of the model
 * @param seed of the draw
 */
public record RandomWeights(Map<String, Shape> shapes, long seed) implements Checkpoint {
    private static final double DEVIATION = 0.02;
    private static final float SCALE = (float) (DEVIATION * Math.sqrt(3) / Integer.MAX_VALUE);
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    public RandomWeights {
        shapes = Map.copyOf(shapes);
    }

    @Override
    public Set<String> names() {
        return shapes.keySet();
    }

    @Override
    public Shape shape(String name) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new CheckpointException("there is no tensor " + name);
        }
        return shape;
    }

    /** Uniform, with the deviation that LLaMA's weights have; each number depends on its place alone. */
    @Override
    public void read(String name, long from, float[] into) {
        Objects.checkFromIndexSize(from, into.length, shape(name).count());
        long start = mixed(seed ^ name.hashCode());
        for (int i = 0; i < into.length; i++) {
            into[i] = (int) mixed(start + (from + i) * GOLDEN) * SCALE;
        }
    }

    /** SplitMix64's finish: neighbouring numbers go far apart. */
    private static long mixed(long x) {
        x = (x ^ x >>> 30) * 0xbf58476d1ce4e5b9L;
        x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
        return x ^ x >>> 31;
    }

    @Override
    public String identity() {
        return "random " + seed;
    }

    @Override
    public void close() {}
}
