package ai.sphinxv.onnx.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = write();

        try (var read = Safetensors.open(file)) {
            assertThat(read.names()).containsExactly("a", "b");
            assertThat(read.shape("a")).containsExactly(2, 3);
            assertThat(read.read("a")).containsExactly(0, 1, 2, 3, 4, 5);
            assertThat(read.read("b")).containsExactly(0);
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void everyFaultOfACheckpointIsNamedAtOnce() throws IOException {
        Path file = write();

        try (var read = Safetensors.open(file)) {
            var wanted = new LinkedHashMap<String, Shape>();
            wanted.put("a", Shape.of(3, 2));
            wanted.put("c", Shape.of(1));
            assertThatThrownBy(() -> read.require(wanted))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage(file + " does not fit the model: a has shape [2, 3] instead of [3, 2]; c is missing;"
                            + " b is not of this model");
        }
    }

    @Test
    void aFileCutOffAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write());

        for (int length = 0; length < whole.length; length++) {
            Path cut = folder.resolve("cut");
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Safetensors.open(cut).close())
                    .isInstanceOfAny(IOException.class, CheckpointException.class);
        }
    }

    @Test
    void aHeaderLargerThanItsFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write());
        whole[6] = 0x7f;
        Path file = folder.resolve("large");
        Files.write(file, whole);

        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("declares a header of");
    }

    private Path write() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("a", new long[] {2, 3});
        shapes.put("b", new long[] {1});
        Safetensors.write(file, shapes, name -> name.equals("a") ? new float[] {0, 1, 2, 3, 4, 5} : new float[] {0});
        return file;
    }
}
