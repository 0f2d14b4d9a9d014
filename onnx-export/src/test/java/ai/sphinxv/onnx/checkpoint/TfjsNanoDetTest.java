package ai.sphinxv.onnx.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TfjsNanoDetTest {
    @TempDir
    Path folder;

    @Test
    void kernelsAreTurnedAndTheFirstReadsRedFirst() throws IOException {
        // height 1, width 1, 3 channels in (blue, green, red), 2 out
        Path model = model("convolution", 1, 1, 3, 2, new float[] {1, 10, 2, 20, 3, 30}, new float[] {0.5f, -0.5f});

        var tensors = TfjsNanoDet.read(model, "nanodet", 80);

        assertThat(tensors.get("nanodet.convs.0.weight")).containsExactly(3, 2, 1, 30, 20, 10);
        assertThat(tensors.get("nanodet.convs.0.bias")).containsExactly(0.5f, -0.5f);
    }

    @Test
    void ofAHeadOnlyTheClassRowsStay() throws IOException {
        Path model = model("convolution_29", 1, 1, 1, 3, new float[] {1, 2, 3}, new float[] {4, 5, 6});

        var tensors = TfjsNanoDet.read(model, "nanodet", 2);

        assertThat(tensors.get("nanodet.convs.29.weight")).containsExactly(1, 2);
        assertThat(tensors.get("nanodet.convs.29.bias")).containsExactly(4, 5);
    }

    @Test
    void anotherModelIsRefused() throws IOException {
        Path json = folder.resolve("other.json");
        Files.writeString(json, "{\"modelTopology\": {\"node\": []}, \"weightsManifest\": []}");

        assertThatThrownBy(() -> TfjsNanoDet.read(json, "nanodet", 80))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("it is not NanoDet");
    }

    private Path model(String name, int height, int width, int in, int out, float[] kernel, float[] bias)
            throws IOException {
        var bytes = ByteBuffer.allocate(2 * (kernel.length + bias.length)).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : kernel) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        for (float value : bias) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        Files.write(folder.resolve("model.bin"), bytes.array());
        Path json = folder.resolve("model.json");
        Files.writeString(json, """
                {"modelTopology": {"node": [
                  {"name": "p/%s", "op": "Conv2D", "input": ["x", "k"]},
                  {"name": "p/add", "op": "Add", "input": ["p/%s", "b"]}]},
                 "weightsManifest": [{"paths": ["model.bin"], "weights": [
                  {"name": "k", "shape": [%d, %d, %d, %d], "dtype": "float32", "quantization": {"dtype": "float16"}},
                  {"name": "b", "shape": [%d], "dtype": "float32", "quantization": {"dtype": "float16"}}]}]}
                """.formatted(name, name, height, width, in, out, out));
        return json;
    }
}
