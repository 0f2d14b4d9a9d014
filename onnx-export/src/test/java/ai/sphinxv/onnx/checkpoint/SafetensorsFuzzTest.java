package ai.sphinxv.onnx.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.fuzz.Fresh;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are tensors that can all be read, or are refused in our words. */
class SafetensorsFuzzTest {
    private static final long MOST_BYTES = 16L << 20;

    @TempDir
    static Path folder;

    static Stream<byte[]> files() {
        return Stream.of(
                file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}", 8),
                file(
                        "{\"__metadata__\":{\"x\":\"y\"},\"a\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[2,8]}}",
                        8),
                file("{}", 0));
    }

    private static byte[] file(String header, int values) {
        byte[] json = header.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + json.length + values)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    @MethodSource("files")
    @FuzzTest
    void anyFileIsReadOrRefused(byte[] bytes) throws IOException {
        Path file = Fresh.file(folder, "w.safetensors", bytes);
        Bounds.within(MOST_BYTES, () -> {
            try (var tensors = Safetensors.open(file)) {
                for (String name : tensors.names()) {
                    assertThat(4L * tensors.read(name).length).isLessThanOrEqualTo(2L * bytes.length);
                }
            } catch (CheckpointException e) {
                assertThat(e.getMessage()).startsWith(file.toString());
            }
        });
    }
}
