package ai.sphinxv.runtime.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.Manifest.BundleFile;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final List<String> NAMES = List.of(
            "vision_encoder.onnx", "prompt_encoder.onnx", "llm_decoder.onnx", Bundle.TOKEN_EMBEDDING, Bundle.TOKENIZER);

    @TempDir
    Path folder;

    private final List<BundleFile> files = new ArrayList<>();

    @BeforeEach
    void writeFiles() throws IOException {
        for (String name : NAMES) {
            files.add(Manifest.describe(Files.writeString(folder.resolve(name), name)));
        }
    }

    @Test
    void aWholeBundleOpens() {
        manifest().write(folder);

        var bundle = Bundle.open(folder);

        assertThat(bundle.manifest()).isEqualTo(manifest());
        assertThat(bundle.config().name()).isEqualTo("paper");
        assertThat(bundle.file(Subgraph.LLM_DECODER)).isEqualTo(folder.resolve("llm_decoder.onnx"));
    }

    @Test
    void theDigestNamesTheWholeBundle() {
        String digest = manifest().digest();
        manifest().write(folder);

        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(Manifest.read(folder).digest()).isEqualTo(digest);
        files.set(0, new BundleFile(NAMES.getFirst(), 1, "0".repeat(64)));
        assertThat(manifest().digest()).isNotEqualTo(digest);
    }

    @Test
    void aFileOfAnotherSizeIsRefused() throws IOException {
        manifest().write(folder);
        Path file = Files.writeString(folder.resolve("tokenizer.json"), "longer than it was");

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(file + " has 18 bytes, the manifest says 14");
    }

    @Test
    void aFileWithOneChangedByteIsRefused() throws IOException {
        manifest().write(folder);
        Path file = Files.writeString(folder.resolve("tokenizer.json"), "tokenizer.jsox");

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage("%s has SHA-256 %s, the manifest says %s: copy the bundle again"
                        .formatted(file, Sha256.of(file), files.getLast().sha256()));
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        manifest().write(folder);
        Files.delete(folder.resolve("llm_decoder.onnx"));

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(folder.resolve("llm_decoder.onnx") + " is listed in the manifest but is not a file there");
    }

    @Test
    void aLinkIsNoFileOfTheBundle() throws IOException {
        manifest().write(folder);
        Path file = folder.resolve("tokenizer.json");
        Files.move(file, folder.resolve("elsewhere"));
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(file + " is listed in the manifest but is not a file there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "/etc/passwd",
                "a/b",
                "a\\b",
                "",
                ".",
                "..",
                ".hidden",
                "a\nb",
                "C:x",
                "sphinxv\u0000"
            })
    void aNameThatIsNotPlainIsRefused(String name) {
        files.add(new BundleFile(name, 1, "0".repeat(64)));
        manifest().write(folder);

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage("%s lists \"%s\", which is not the plain name of one file"
                        .formatted(folder.resolve("sphinxv.json"), name));
    }

    @Test
    void aFileListedTwiceIsRefused() {
        files.add(files.getFirst());
        manifest().write(folder);

        assertThatThrownBy(() -> Bundle.open(folder))
                .hasMessage("%s lists \"vision_encoder.onnx\", which is not the plain name of one file"
                        .formatted(folder.resolve("sphinxv.json")));
    }

    @Test
    void everyNeededFileIsListed() {
        files.removeIf(file -> file.name().startsWith("token"));
        manifest().write(folder);

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(folder.resolve("sphinxv.json")
                        + " does not list token_embedding.f32, tokenizer.json: export the bundle again");
    }

    @Test
    void aModelThatReadsTextListsItsReader() throws IOException {
        ModelConfig nano = ModelConfig.named("paper");
        var reading = new ModelConfig(
                "reading",
                nano.image(),
                nano.experts(),
                null,
                nano.prompts(),
                null,
                new ModelConfig.Reader("Text", 0.5, 40),
                null,
                nano.language(),
                nano.template());
        manifest(reading).write(folder);

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(folder.resolve("sphinxv.json")
                        + " does not list text_characters.txt, text_reader.onnx: export the bundle again");

        for (String name : List.of(Bundle.TEXT_READER, Bundle.TEXT_CHARACTERS)) {
            files.add(Manifest.describe(Files.writeString(folder.resolve(name), name)));
        }
        manifest(reading).write(folder);
        assertThat(Bundle.open(folder).config()).isEqualTo(reading);
    }

    @Test
    void moreFilesMayBeListedAndAreChecked() throws IOException {
        Path weights = Files.writeString(folder.resolve("llm_decoder.onnx.data"), "weights");
        files.add(Manifest.describe(weights));
        manifest().write(folder);
        Bundle.open(folder);

        Files.writeString(weights, "WEIGHTS");
        assertThatThrownBy(() -> Bundle.open(folder)).hasMessageStartingWith(weights + " has SHA-256 ");
    }

    @Test
    void aFolderWithoutAManifestIsNoBundle() {
        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(folder + " is not a bundle: it has no sphinxv.json");
    }

    @Test
    void aManifestOfAnotherFormatIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("sphinxv.json"), "{\"format\": 1}");

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(file + " has format 1, this version reads 2: export the bundle again");
    }

    @Test
    void aManifestThatIsNotJsonIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("sphinxv.json"), "format = 1");

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessageStartingWith(file + " is not a manifest: Unrecognized token 'format'");
    }

    @Test
    void aManifestIsSmall() throws IOException {
        Path file = Files.writeString(folder.resolve("sphinxv.json"), " ".repeat((1 << 20) + 1));

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(file + " has 1048577 bytes, a manifest has at most 1048576");
    }

    private Manifest manifest() {
        return manifest(ModelConfig.named("paper"));
    }

    private Manifest manifest(ModelConfig config) {
        var provenance = new Provenance("./mvnw -Ptrain", "abc", "2026-11-24T00:00:00Z", Map.of("accuracy", "0.9"));
        return new Manifest(Manifest.FORMAT, config, provenance, files);
    }
}
