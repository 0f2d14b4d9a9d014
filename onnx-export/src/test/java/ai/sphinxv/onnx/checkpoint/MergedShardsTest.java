package ai.sphinxv.onnx.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedShardsTest {
    @TempDir
    Path folder;

    @Test
    void partsAreJoinedAlongTheTensorsAxis() throws IOException {
        var first = new TorchSave()
                .tensor("rows", new float[] {1, 2, 3}, 1, 3)
                .tensor("columns", new float[] {1, 2, 5, 6}, 2, 2)
                .tensor("norm", new float[] {9}, 1);
        var second = new TorchSave()
                .tensor("rows", new float[] {4, 5, 6}, 1, 3)
                .tensor("columns", new float[] {3, 4, 7, 8}, 2, 2)
                .tensor("norm", new float[] {9}, 1);
        try (var merged = merged(first, second)) {
            assertThat(merged.shape("rows")).isEqualTo(Shape.of(2, 3));
            assertThat(merged.read("rows")).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(merged.shape("columns")).isEqualTo(Shape.of(2, 4));
            assertThat(merged.read("columns")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            assertThat(merged.shape("norm")).isEqualTo(Shape.of(1));
            assertThat(merged.read("norm")).containsExactly(9);
        }
    }

    @Test
    void everyPartThatDoesNotFitIsNamed() {
        var first = new TorchSave().tensor("rows", new float[] {1, 2, 3}, 1, 3).tensor("norm", new float[] {9}, 1);
        var second = new TorchSave().tensor("rows", new float[] {4, 5}, 1, 2).tensor("extra", new float[] {9}, 1);

        assertThatThrownBy(() -> merged(first, second))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("the shards do not fit together: extra is not in %1$s; norm is not in %2$s;"
                                .formatted(folder.resolve("0.pth"), folder.resolve("1.pth"))
                        + " rows has shape [1, 3] in %1$s and [1, 2] in %2$s"
                                .formatted(folder.resolve("0.pth"), folder.resolve("1.pth")));
    }

    private MergedShards merged(TorchSave... saved) throws IOException {
        for (int rank = 0; rank < saved.length; rank++) {
            saved[rank].write(folder.resolve(rank + ".pth"));
        }
        return new MergedShards(
                List.of(PyTorchFile.open(folder.resolve("0.pth")), PyTorchFile.open(folder.resolve("1.pth"))),
                name -> switch (name) {
                    case "rows" -> 0;
                    case "columns" -> 1;
                    default -> MergedShards.WHOLE;
                });
    }
}
