package ai.sphinxv.onnx.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
            assertThat(read.shape("a")).isEqualTo(Shape.of(2, 3));
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
    void halvesAndBrainFloatsAreRead() throws IOException {
        Path file = folder.resolve("half");
        write(file, """
                {"h": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]},
                 "b": {"dtype": "BF16", "shape": [1], "data_offsets": [4, 6]}}""", 0x3c00, 0xc100, 0x3f80);

        try (var read = Safetensors.open(file)) {
            assertThat(read.read("h")).containsExactly(1, -2.5f);
            assertThat(read.read("b")).containsExactly(1);
        }
    }

    @Test
    void anotherTypeIsRefused() throws IOException {
        Path file = folder.resolve("integers");
        write(file, """
                {"i": {"dtype": "I16", "shape": [1], "data_offsets": [0, 2]}}""", 1);

        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(file + ": i has type I16, only [F32, F16, BF16] are read");
    }

    @Test
    void severalFilesAreOneCheckpoint() throws IOException {
        Path first = write();
        Path second = folder.resolve("second");
        Safetensors.write(second, Map.of("c", new long[] {1}), name -> new float[] {7});

        try (var joined = JoinedFiles.open(List.of(first, second))) {
            assertThat(joined.names()).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(joined.shape("a")).isEqualTo(Shape.of(2, 3));
            assertThat(joined.read("c")).containsExactly(7);
        }
        assertThatThrownBy(() -> JoinedFiles.open(List.of(first, first)))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("a lies in %s and in %s".formatted(first, first));
    }

    @Test
    void aHeaderLargerThanItsFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(write());
        whole[6] = 0x7f;
        Path file = folder.resolve("large");
        Files.write(file, whole);

        assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("declares a header of");
    }

    private static void write(Path file, String header, int... halves) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 2 * halves.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json);
        for (int half : halves) {
            bytes.putShort((short) half);
        }
        Files.write(file, bytes.array());
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
