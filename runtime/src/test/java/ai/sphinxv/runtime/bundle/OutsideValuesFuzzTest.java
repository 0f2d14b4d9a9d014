package ai.sphinxv.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.fuzz.Fresh;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Of any bytes it is known where a graph of them would look for its values, or they are refused. */
class OutsideValuesFuzzTest {
    @TempDir
    static Path folder;

    /** A model with a tensor whose values lie at 4 of "w", 8 bytes; one in a node's attribute; one that says nothing. */
    static Stream<byte[]> graphs() {
        String pairs = "6a0d" + "0a086c6f636174696f6e" + "120177" + "6a0b" + "0a066f6666736574" + "120134" + "6a0b"
                + "0a066c656e677468" + "120138" + "7001";
        return Stream.of(
                        "3a2d" + "2a2b" + pairs,
                        "3a31" + "0a2f" + "2a2d" + "2a2b" + pairs,
                        "12086d616465206279" + "3a062a04" + "70002200")
                .map(HexFormat.of()::parseHex);
    }

    @MethodSource("graphs")
    @FuzzTest
    void anyGraphIsReadOrRefused(byte[] graph) throws IOException {
        Path file = Fresh.file(folder, "a.onnx", graph);
        Bounds.within(1 << 20, () -> requireReadOrRefused(file));
    }

    private static void requireReadOrRefused(Path file) {
        try {
            for (OutsideValues values : OutsideValues.of(file)) {
                assertThat(values.offset()).isNotNegative();
                assertThat(values.bytes()).isNotNegative();
            }
        } catch (BundleException e) {
            assertThat(e.getMessage()).isEqualTo(file + " is not an ONNX graph: export the bundle again");
        }
    }
}
