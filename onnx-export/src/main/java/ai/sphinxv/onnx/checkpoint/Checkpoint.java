package ai.sphinxv.onnx.checkpoint;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Named tensors in one or several files. Opening reads what lies where; a tensor's values are read when they are asked for. */
public sealed interface Checkpoint extends AutoCloseable
        permits Safetensors, PyTorchFile, JoinedFiles, MergedShards, PublishedCheckpoint, RandomWeights {

    Set<String> names();

    /** @throws CheckpointException if there is no such tensor */
    Shape shape(String name);

    /**
     * Some of the values in row-major order, as 32-bit floats whatever the file has: as many as {@code into} takes, from
     * the given one on. A tensor of any size is read in pieces so, and costs no more memory than they do. Several threads
     * may read at a time.
     *
     * @throws CheckpointException if there is no such tensor or its file cannot be read
     */
    void read(String name, long from, float[] into);

    /** All of them. */
    default float[] read(String name) {
        float[] values = new float[Math.toIntExact(shape(name).count())];
        read(name, 0, values);
        return values;
    }

    /**
     * What tells these files from others without reading them: names, sizes and times of change. The same as long as nobody
     * has touched them.
     */
    String identity();

    @Override
    void close() throws IOException;

    /** @throws CheckpointException naming every tensor that is missing, left over or of another shape */
    default void require(Map<String, Shape> shapes) {
        List<String> wrong = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            if (!names().contains(name)) {
                wrong.add(name + " is missing");
            } else if (!shape(name).equals(shape)) {
                wrong.add("%s has shape %s instead of %s".formatted(name, shape(name), shape));
            }
        });
        names().stream()
                .filter(name -> !shapes.containsKey(name))
                .forEach(name -> wrong.add(name + " is not of this model"));
        if (!wrong.isEmpty()) {
            throw new CheckpointException("%s does not fit the model: %s".formatted(this, String.join("; ", wrong)));
        }
    }
}
