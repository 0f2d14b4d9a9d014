package ai.sphinxv.onnx.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.fuzz.Fresh;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are torch.save's archive, of which all tensors can be read, or are refused in our words. */
class PyTorchFileFuzzTest {
    private static final long MOST_BYTES = 16L << 20;
    private static final long MOST_VALUES = 1 << 16; // a view may repeat a value as often as it likes

    @TempDir
    static Path folder;

    static Stream<byte[]> files() throws IOException {
        Path other = Files.createTempFile("torch", ".pth");
        new TorchSave()
                .tensor("a", new float[] {1, 2, 3, 4}, 2, 2)
                .filled("b", 1, 3)
                .write(other);
        byte[] file = Files.readAllBytes(other);
        Files.delete(other);
        return Stream.of(file);
    }

    @MethodSource("files")
    @FuzzTest
    void anyFileIsReadOrRefused(byte[] bytes) throws IOException {
        Path file = Fresh.file(folder, "w.pth", bytes);
        Bounds.within(MOST_BYTES, () -> {
            try (var tensors = PyTorchFile.open(file)) {
                for (String name : tensors.names()) {
                    if (tensors.shape(name).count() <= MOST_VALUES) {
                        tensors.read(name);
                    }
                }
            } catch (CheckpointException e) {
                assertThat(e.getMessage()).startsWith(file.toString());
            }
        });
    }
}
