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
import org.junit.jupiter.api.Timeout;
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
            assertThatThrownBy(() -> Safetensors.open(cut).close()).isInstanceOf(CheckpointException.class);
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

    /** Their difference wraps around and is the right one. */
    @Test
    void offsetsThatOverflowAreRefused() throws IOException {
        refused("""
                {"a": {"dtype": "F16", "shape": [1], "data_offsets": [9223372036854775806, -9223372036854775808]}}""");
        refused("""
                {"a": {"dtype": "F16", "shape": [1], "data_offsets": [9223372036854775806, 9223372036854775808]}}""");
    }

    @Test
    void sizesBelowNothingOrBeyondAllNumbersAreRefused() throws IOException {
        for (String shape :
                List.of("-1, -1", "4611686018427387904, 4", "9223372036854775807, 2", "1.5", "\"1\"", "null")) {
            refused("""
                    {"a": {"dtype": "F16", "shape": [%s], "data_offsets": [0, 2]}}""".formatted(shape));
        }
    }

    @Test
    void aHeaderOfAnotherFormIsRefused() throws IOException {
        for (String header : List.of(
                "[]",
                "7",
                "null",
                "{\"a\": null}",
                "{\"a\": []}",
                "{\"a\": {\"dtype\": \"F16\", \"data_offsets\": [0, 2]}}",
                "{\"a\": {\"dtype\": \"F16\", \"shape\": 1, \"data_offsets\": [0, 2]}}",
                "{\"a\": {\"dtype\": \"F16\", \"shape\": {\"x\": 1}, \"data_offsets\": [0, 2]}}",
                "{\"a\": {\"dtype\": \"F16\", \"shape\": [1]}}",
                "{\"a\": {\"dtype\": \"F16\", \"shape\": [1], \"data_offsets\": [0, 2, 4]}}",
                "{\"a\": {\"dtype\": \"F16\", \"shape\": [1], \"data_offsets\": {\"0\": 0, \"1\": 2}}}",
                "{\"a\": {\"dtype\": 7, \"shape\": [1], \"data_offsets\": [0, 2]}}",
                "{} {}",
                "{\"a\": ".repeat(2000))) {
            refused(header, 1);
        }
    }

    @Test
    void overlapsAndHolesAreRefused() throws IOException {
        for (String second : List.of("0, 2", "3, 5", "4, 6")) {
            refused("""
                    {"a": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]},
                     "b": {"dtype": "F16", "shape": [1], "data_offsets": [%s]}}""".formatted(second), 1, 2, 3);
        }
        refused("""
                {"a": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]}}""", 1, 2); // bytes of no tensor at the end
    }

    @Test
    void aNameThatComesTwiceIsRefused() throws IOException {
        refused("""
                {"a": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]},
                 "a": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]}}""", 1);
    }

    @Test
    @Timeout(30)
    void aLargeHeaderIsReadInLinearTime() throws IOException {
        var header = new StringBuilder("{");
        int[] halves = new int[100_000];
        for (int i = 0; i < halves.length; i++) {
            header.append(i == 0 ? "" : ",")
                    .append("\"t%d\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[%d,%d]}"
                            .formatted(i, 2 * i, 2 * i + 2));
        }
        Path file = folder.resolve("many");
        write(file, header.append("}").toString(), halves);

        try (var read = Safetensors.open(file)) {
            assertThat(read.names()).hasSize(halves.length);
            assertThat(read.read("t99999")).containsExactly(0);
        }
    }

    private void refused(String header, int... halves) throws IOException {
        Path file = folder.resolve("refused");
        write(file, header, halves);

        assertThatThrownBy(() -> Safetensors.open(file))
                .as(header)
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file.toString());
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
