package ai.sphinxv.runtime.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.Manifest.BundleFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs whose weights lie elsewhere. Field numbers are those of onnx.proto. */
class OutsideValuesTest {
    private static final byte[] TENSOR = tensor("weights", "4", "8");

    @TempDir
    Path folder;

    @Test
    void weightsBesideTheGraphAreFound() throws IOException {
        assertThat(OutsideValues.of(graph(field(7, field(5, TENSOR)))))
                .containsExactly(new OutsideValues("weights", 4, 8));
    }

    @Test
    void theyAreFoundWhereverATensorMayBe() throws IOException {
        byte[] sparse = joined(field(1, TENSOR), field(2, TENSOR));
        byte[] attribute =
                joined(field(5, TENSOR), field(10, TENSOR), field(10, TENSOR), field(22, sparse), field(23, sparse));
        byte[] inner = joined(field(1, field(5, attribute)), field(5, TENSOR), field(15, sparse));
        byte[] branches = joined(field(6, inner), field(11, inner), field(11, inner));
        byte[] node = field(5, joined(attribute, branches));
        byte[] model = joined(
                field(7, field(1, node)),
                field(20, joined(field(1, inner), field(2, inner))),
                field(25, joined(field(7, node), field(11, attribute))));

        // An attribute has 7 of them, a graph within 10, a node 7 and three graphs.
        assertThat(OutsideValues.of(graph(model))).hasSize(37 + 20 + 37 + 7);
    }

    @Test
    void valuesInTheGraphAreNone() throws IOException {
        byte[] whole =
                joined(field(9, new byte[100]), new byte[] {8, 1, 0x25, 0, 0, 0, 0, 0x29, 0, 0, 0, 0, 0, 0, 0, 0});

        assertThat(OutsideValues.of(graph(field(7, field(5, whole))))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../weights",
                "/etc/passwd",
                "a/../weights",
                "./weights",
                "",
                "Weights",
                "weights\u0000",
                "\\\\server\\share",
                "*/_ORT_MEM_ADDR_/*",
                "sphinxv.json"
            })
    void aFileThatTheManifestDoesNotListIsRefused(String location) throws IOException {
        Path graph = graph(field(7, field(5, tensor(location, "0", "8"))));

        assertThatThrownBy(() -> check(16).run())
                .isInstanceOf(BundleException.class)
                .hasMessage("%s keeps values in \"%s\", which is not a file that the manifest lists"
                        .formatted(graph, location));
    }

    @ParameterizedTest
    @CsvSource({"0,17", "17,0", "16,1", "1,16", "0,999999999999999999", "999999999999999999,999999999999999999"})
    void bytesThatTheFileDoesNotHaveAreRefused(String offset, String length) throws IOException {
        Path graph = graph(field(7, field(5, tensor("weights", offset, length))));

        assertThatThrownBy(() -> check(16).run())
                .isInstanceOf(BundleException.class)
                .hasMessage("%s keeps %s bytes at %s of weights, which has 16".formatted(graph, length, offset));
    }

    @ParameterizedTest
    @CsvSource({"0,16", "16,0", "4,12"})
    void bytesThatTheFileHasAreFine(String offset, String length) throws IOException {
        graph(field(7, field(5, tensor("weights", offset, length))));

        assertThatCode(() -> check(16).run()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "0,-1", "+1,1", "0x1,1", "1e3,1", "' 1',1", "0,9223372036854775808", "'',1", "١,1"})
    void whatIsNoNumberIsRefused(String offset, String length) throws IOException {
        requireNoGraph(field(7, field(5, tensor("weights", offset, length))));
    }

    @Test
    void saidTwiceOrNotAtAllIsRefused() throws IOException {
        requireNoGraph(field(7, field(5, joined(TENSOR, pair("location", "../weights")))));
        requireNoGraph(field(7, field(5, joined(TENSOR, pair("offset", "5")))));
        requireNoGraph(field(7, field(5, pair("offset", "5"))));
    }

    @Test
    void brokenMessagesAreRefused() throws IOException {
        requireNoGraph(new byte[] {7}); // a wire type that there is not
        requireNoGraph(new byte[] {(byte) 0x80});
        requireNoGraph(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1});
        requireNoGraph(new byte[] {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f});
        requireNoGraph(new byte[] {(byte) 0xba, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1, 0}); // 33 bits
        byte[] deep = {};
        for (int i = 0; i < 2_000; i++) { // a graph in an attribute of a node of a graph
            deep = field(1, field(5, field(6, deep)));
        }
        requireNoGraph(field(7, deep));
    }

    @Test
    void aCutOrRottenGraphIsReadOrRefused() throws IOException {
        byte[] whole = field(7, joined(field(1, field(5, field(5, TENSOR))), field(5, TENSOR)));
        var random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path graph = graph(bytes);
            try {
                assertThat(OutsideValues.of(graph)).hasSizeLessThan(9);
            } catch (BundleException e) {
                assertThat(e.getMessage()).isEqualTo(graph + " is not an ONNX graph: export the bundle again");
            }
        }
    }

    private void requireNoGraph(byte[] model) throws IOException {
        Path graph = graph(model);
        assertThatThrownBy(() -> OutsideValues.of(graph))
                .isInstanceOf(BundleException.class)
                .hasMessage(graph + " is not an ONNX graph: export the bundle again");
    }

    private Path graph(byte[] model) throws IOException {
        return Files.write(folder.resolve("a.onnx"), model);
    }

    /** Of a bundle with the graph and so many bytes of weights. */
    private BundleCheck check(int bytes) throws IOException {
        Files.write(folder.resolve("weights"), new byte[bytes]);
        var files = new LinkedHashMap<String, BundleFile>();
        for (String name : List.of("a.onnx", "weights")) {
            files.put(name, Manifest.describe(folder.resolve(name)));
        }
        return new BundleCheck(folder, files);
    }

    private static byte[] tensor(String location, String offset, String length) {
        return joined(pair("location", location), pair("offset", offset), pair("length", length), new byte[] {0x70, 1});
    }

    private static byte[] pair(String key, String value) {
        return field(13, joined(field(1, key.getBytes(UTF_8)), field(2, value.getBytes(UTF_8))));
    }

    private static byte[] field(int number, byte[] content) {
        var bytes = new ByteArrayOutputStream();
        varint(bytes, number << 3 | 2);
        varint(bytes, content.length);
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static void varint(ByteArrayOutputStream bytes, int value) {
        for (; value > 0x7f; value >>>= 7) {
            bytes.write(value & 0x7f | 0x80);
        }
        bytes.write(value);
    }

    private static byte[] joined(byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
