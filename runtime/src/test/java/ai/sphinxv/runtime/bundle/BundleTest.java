package ai.sphinxv.runtime.bundle;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.bundle.Manifest.BundleFile;
import ai.sphinxv.runtime.bundle.Manifest.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    private static final List<String> NAMES = List.of(
            "vision_encoder.onnx",
            "prompt_encoder.onnx",
            "llm_decoder.onnx",
            TokenTable.SINGLE.file(),
            Bundle.TOKENIZER);

    @TempDir
    Path folder;

    private final List<BundleFile> files = new ArrayList<>();

    @BeforeEach
    void writeFiles() throws IOException {
        for (String name : NAMES) {
            files.add(written(name));
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

    /** Reading one would wait for ever; it is refused by what it is, before it is opened. */
    @Test
    @Timeout(30)
    void aPipeIsNoFileOfTheBundle() throws Exception {
        manifest().write(folder);
        Path file = folder.resolve("tokenizer.json");
        Files.delete(file);
        int status;
        try {
            status = new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
        } catch (IOException e) {
            status = -1;
        }
        assumeTrue(status == 0, "no mkfifo here");

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
    void theTokenTableIsListedOnce() throws IOException {
        Files.write(folder.resolve("token_embedding.f16"), new byte[4]);
        files.add(Manifest.describe(folder.resolve("token_embedding.f16")));
        manifest().write(folder);

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(
                        folder.resolve("sphinxv.json") + " lists the token table twice, as token_embedding.f32 and as"
                                + " token_embedding.f16: export the bundle again");
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
                new ModelConfig.Reader("Text", 0.5, 40, 0, 0),
                null,
                nano.language(),
                nano.template());
        manifest(reading).write(folder);

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(folder.resolve("sphinxv.json")
                        + " does not list text_characters.txt, text_reader.onnx: export the bundle again");

        for (String name : List.of(Bundle.TEXT_READER, Bundle.TEXT_CHARACTERS)) {
            files.add(written(name));
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
                .hasMessage(file + " has format 1, this version reads 3: export the bundle again");
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

    @Test
    void aManifestThatIsALinkIsRefused() throws IOException {
        manifest().write(folder);
        Path file = folder.resolve("sphinxv.json");
        Files.move(file, folder.resolve("elsewhere"));
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(folder + " is not a bundle: it has no sphinxv.json");
    }

    @Test
    void theFolderItselfMayBeALink(@TempDir Path elsewhere) throws IOException {
        manifest().write(folder);

        Path link = Files.createSymbolicLink(elsewhere.resolve("current"), folder);

        assertThat(Bundle.open(link).folder()).isEqualTo(link);
        Files.delete(link); // or JUnit warns that it leads out of its folder
    }

    @Test
    void aFileWithANameOutsideTheBundleIsRefused(@TempDir Path elsewhere) throws IOException {
        manifest().write(folder);
        Path file = folder.resolve("tokenizer.json");
        Files.createLink(elsewhere.resolve("other"), file);

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(file + " has a name outside the bundle too, as a hard link: copy the bundle without links");
    }

    @Test
    void aFileMayHaveTwoNamesInTheBundle() throws IOException {
        files.add(Manifest.describe(Files.createLink(folder.resolve("copy"), folder.resolve("tokenizer.json"))));
        manifest().write(folder);

        assertThat(Bundle.open(folder).manifest().files()).hasSize(NAMES.size() + 1);
    }

    @Test
    void aFileThatIsReplacedAfterItWasCheckedIsNoticed(@TempDir Path elsewhere) throws IOException {
        manifest().write(folder);
        var bundle = Bundle.open(folder);
        Path file = folder.resolve("tokenizer.json");
        Path other = Files.writeString(elsewhere.resolve("other"), "tokenizer.jsox");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        bundle.requireUnchanged();

        Files.move(other, file, REPLACE_EXISTING);

        assertThatThrownBy(bundle::requireUnchanged)
                .isInstanceOf(BundleException.class)
                .hasMessageStartingWith(file + " was changed or replaced while the bundle was opened");
    }

    /** What was opened meanwhile may have been the other one. */
    @Test
    void aFileThatIsTakenAwayAndPutBackIsNoticed() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no dates of changes here");
        manifest().write(folder);
        Path file = folder.resolve("tokenizer.json");
        awaitAnotherTick(file);
        var bundle = Bundle.open(folder);

        Files.move(file, folder.resolve("away"));
        Files.move(folder.resolve("away"), file);

        assertThatThrownBy(bundle::requireUnchanged).hasMessageStartingWith(file + " was changed or replaced");
    }

    @Test
    void aFileThatIsWrittenToAfterItWasCheckedIsNoticed() throws IOException {
        manifest().write(folder);
        Path file = folder.resolve("tokenizer.json");
        awaitAnotherTick(file);
        var bundle = Bundle.open(folder);

        Files.writeString(file, "tokenizer.jsox");

        assertThatThrownBy(bundle::requireUnchanged).hasMessageStartingWith(file + " was changed or replaced");
    }

    @Test
    void aFileThatGoesAwayAfterItWasCheckedIsNoticed() throws IOException {
        manifest().write(folder);
        var bundle = Bundle.open(folder);

        Files.delete(folder.resolve("tokenizer.json"));

        assertThatThrownBy(bundle::requireUnchanged).isInstanceOf(BundleException.class);
    }

    /** Linux dates changes by a clock that goes on every few milliseconds. */
    private void awaitAnotherTick(Path file) throws IOException {
        Path probe = folder.resolve("probe");
        do {
            Files.writeString(probe, "x");
        } while (FileStamp.of(probe).changed().equals(FileStamp.of(file).changed()));
    }

    /** Anywhere: in a graph, the tokens, the weights or the manifest itself. */
    @Test
    @Timeout(120)
    void everyFlippedBitIsNoticed() throws IOException {
        Path weights = folder.resolve("llm_decoder.onnx.data");
        Files.write(weights, new byte[4096]);
        files.add(Manifest.describe(weights));
        manifest().write(folder);
        var names = new ArrayList<>(files.stream().map(BundleFile::name).toList());
        names.add(Manifest.FILE);
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Path file = folder.resolve(names.get(random.nextInt(names.size())));
            byte[] whole = Files.readAllBytes(file);
            byte[] flipped = whole.clone();
            int at = random.nextInt(whole.length);
            int bit = random.nextInt(Byte.SIZE);
            flipped[at] ^= (byte) (1 << bit);
            Files.write(file, flipped);
            assertThatThrownBy(() -> Bundle.open(folder))
                    .as("bit %d of byte %d of %s", bit, at, file)
                    .isInstanceOf(BundleException.class);
            Files.write(file, whole);
        }
        assertThat(Bundle.open(folder).manifest()).isEqualTo(manifest());
    }

    @Test
    void aManifestThatWasChangedIsRefused() throws IOException {
        manifest().write(folder);
        Path file = folder.resolve("sphinxv.json");
        Files.writeString(file, Files.readString(file).replace("\"0.9\"", "\"1.0\""));

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessage(
                        file + " is not as it was written: copy the bundle again, or take out its last line, sha256,"
                                + " if the change was on purpose");
    }

    @Test
    void aManifestOfAnEarlierVersionHasNoSum() throws IOException {
        manifest().write(folder);
        Path file = folder.resolve("sphinxv.json");
        Files.writeString(file, Files.readString(file).replaceAll(",\\s+\"sha256\" : \"[0-9a-f]+\"\\s+}\\s+$", "}"));

        assertThat(Files.readString(file)).endsWith("]}");
        assertThat(Bundle.open(folder).manifest()).isEqualTo(manifest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"model\" : null", "\"files\" : null", "\"files\" : [null]", "\"files\" : [{}]"})
    void aManifestThatLacksAFieldIsRefused(String field) throws IOException {
        Path file = Files.writeString(folder.resolve("sphinxv.json"), "{\"format\" : 3, " + field + "}");

        assertThatThrownBy(() -> Bundle.open(folder))
                .isInstanceOf(BundleException.class)
                .hasMessageStartingWith(file + " is not a manifest: ");
    }

    /** A graph is so small that it says who made it and nothing else. */
    private BundleFile written(String name) throws IOException {
        String text = name.endsWith(".onnx") ? "\22" + (char) name.length() + name : name;
        return Manifest.describe(Files.writeString(folder.resolve(name), text));
    }

    private Manifest manifest() {
        return manifest(ModelConfig.named("paper"));
    }

    private Manifest manifest(ModelConfig config) {
        var provenance = new Provenance("./mvnw -Ptrain", "abc", "2026-11-24T00:00:00Z", Map.of("accuracy", "0.9"));
        return new Manifest(Manifest.FORMAT, config, provenance, files);
    }
}
