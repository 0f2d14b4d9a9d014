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
     * The values in row-major order, as 32-bit floats whatever the file has.
     *
     * @throws CheckpointException if there is no such tensor or its file cannot be read
     */
    float[] read(String name);

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
