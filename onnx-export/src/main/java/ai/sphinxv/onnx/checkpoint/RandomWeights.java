package ai.sphinxv.onnx.checkpoint;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A checkpoint of a size that nobody has trained here, for measurements: every tensor is drawn when it is read, the same
 * whenever that is.
 *
 * @param shapes of the model
 * @param seed of the draw
 */
public record RandomWeights(Map<String, Shape> shapes, long seed) implements Checkpoint {
    private static final double DEVIATION = 0.02;

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

    /** Uniform, with the deviation that LLaMA's weights have. */
    @Override
    public float[] read(String name) {
        int count = Math.toIntExact(shape(name).count());
        var random = new SplittableRandom(seed ^ name.hashCode());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) ((random.nextInt() / (double) Integer.MAX_VALUE) * DEVIATION * Math.sqrt(3));
        }
        return values;
    }

    @Override
    public void close() {}
}
