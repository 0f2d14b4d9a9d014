package ai.sphinxv.onnx.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any piece of any tensor is what the whole of it has there. */
class PiecesTest {
    private final SplittableRandom random = new SplittableRandom(6);

    @TempDir
    Path folder;

    @Test
    void ofOneFileInOrderAndTurned() throws IOException {
        var saved = new TorchSave();
        String storage = saved.storage(numbers(60));
        Path file = folder.resolve("one.pth");
        saved.view("inOrder", storage, 7, new long[] {5, 3, 3}, new long[] {9, 3, 1})
                .view("turned", storage, 2, new long[] {3, 4, 4}, new long[] {1, 3, 12})
                .view("repeated", storage, 5, new long[] {4, 6}, new long[] {0, 1})
                .write(file);

        try (var checkpoint = PyTorchFile.open(file)) {
            assertThat(checkpoint.read("inOrder")[0]).isEqualTo(checkpoint.read("turned")[5 % 3 * 16 + 5 / 3 * 4]);
            checkpoint.names().forEach(name -> assertPieces(checkpoint, name));
            assertThatThrownBy(() -> checkpoint.read("inOrder", 44, new float[2]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void ofShardsAlongEveryAxis() throws IOException {
        for (int rank = 0; rank < 3; rank++) {
            new TorchSave()
                    .tensor("0", numbers(2 * 5 * 3), 2, 5, 3)
                    .tensor("1", numbers(4 * 2 * 3), 4, 2, 3)
                    .tensor("2", numbers(4 * 5), 4, 5, 1)
                    .tensor("whole", new float[] {1, 2, 3}, 3)
                    .write(folder.resolve(rank + ".pth"));
        }
        var shards = List.of(
                PyTorchFile.open(folder.resolve("0.pth")),
                PyTorchFile.open(folder.resolve("1.pth")),
                PyTorchFile.open(folder.resolve("2.pth")));
        try (var merged =
                new MergedShards(shards, name -> name.equals("whole") ? MergedShards.WHOLE : Integer.parseInt(name))) {
            assertThat(merged.shape("1")).isEqualTo(Shape.of(4, 6, 3));
            float[] whole = merged.read("1");
            assertThat(Arrays.copyOfRange(whole, 18 + 6, 18 + 12)) // of the second row what the second shard has
                    .isEqualTo(Arrays.copyOfRange(shards.get(1).read("1"), 6, 12));
            merged.names().forEach(name -> assertPieces(merged, name));
        }
    }

    @Test
    void ofSafetensorsAndOfRandomWeights() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, Map.of("w", new long[] {7, 11}), name -> numbers(77));
        try (var checkpoint = Safetensors.open(file)) {
            assertPieces(checkpoint, "w");
        }
        assertPieces(new RandomWeights(Map.of("w", Shape.of(7, 11)), 3), "w");
    }

    private void assertPieces(Checkpoint checkpoint, String name) {
        float[] whole = checkpoint.read(name);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(whole.length + 1);
            float[] piece = new float[random.nextInt(whole.length - from + 1)];
            checkpoint.read(name, from, piece);
            assertThat(piece)
                    .as("%d of %s from %d on", piece.length, name, from)
                    .isEqualTo(Arrays.copyOfRange(whole, from, from + piece.length));
        }
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(-100, 100); // brain floats
        }
        return numbers;
    }
}
