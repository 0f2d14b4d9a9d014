package ai.sphinxv.runtime.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.Manifest.BundleFile;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import ai.sphinxv.runtime.fuzz.Bounds;
import ai.sphinxv.runtime.fuzz.Fresh;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes are the manifest of the bundle that lies there, or are refused as a bundle's fault. */
class ManifestFuzzTest {
    private static final List<String> NAMES = List.of(
            "vision_encoder.onnx",
            "prompt_encoder.onnx",
            "llm_decoder.onnx",
            TokenTable.SINGLE.file(),
            Bundle.TOKENIZER);

    private static final long MOST_BYTES = 16L << 20;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeFiles() throws IOException {
        writeFiles(folder);
    }

    static Stream<byte[]> manifests() throws IOException {
        Path other = Files.createTempDirectory("bundle");
        new Manifest(
                        Manifest.FORMAT,
                        ModelConfig.named("paper"),
                        new Provenance("", "", "", Map.of()),
                        writeFiles(other))
                .write(other);
        byte[] sealed = Files.readAllBytes(other.resolve(Manifest.FILE));
        for (String name : NAMES) {
            Files.delete(other.resolve(name));
        }
        Files.delete(other.resolve(Manifest.FILE));
        Files.delete(other);
        byte[] open = new String(sealed, UTF_8)
                .replaceAll(",\\s+\"sha256\" : \"[0-9a-f]+\"\\s+}\\s+$", "}")
                .getBytes(UTF_8);
        return Stream.of(sealed, open);
    }

    @MethodSource("manifests")
    @FuzzTest
    void anyManifestIsOfThisBundleOrRefused(byte[] manifest) throws IOException {
        Fresh.file(folder, Manifest.FILE, manifest);
        Bounds.within(MOST_BYTES, ManifestFuzzTest::requireOpenOrRefused);
    }

    private static void requireOpenOrRefused() {
        try {
            assertThat(Bundle.open(folder).manifest().files())
                    .extracting(BundleFile::name)
                    .containsAll(NAMES);
        } catch (BundleException e) {
            assertThat(e.getMessage()).startsWith(folder.toString());
        }
    }

    private static List<BundleFile> writeFiles(Path folder) throws IOException {
        var files = new ArrayList<BundleFile>();
        for (String name : NAMES) {
            String text = name.endsWith(".onnx") ? "\22" + (char) name.length() + name : name;
            files.add(Manifest.describe(Files.writeString(folder.resolve(name), text)));
        }
        return files;
    }
}
