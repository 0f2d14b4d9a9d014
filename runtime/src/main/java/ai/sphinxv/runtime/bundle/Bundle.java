package ai.sphinxv.runtime.bundle;

import ai.sphinxv.runtime.bundle.Manifest.BundleFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with an exported model, of which every file is as its manifest says.
 *
 * @param stamps by its name, how each file was before it was checked
 */
public record Bundle(Path folder, Manifest manifest, Map<String, FileStamp> stamps) {

    public Bundle {
        stamps = Map.copyOf(stamps);
    }

    public static final String TOKENIZER = "tokenizer.json";

    /** The network that reads a line of text; of a model with a {@link ModelConfig.Reader}. */
    public static final String TEXT_READER = "text_reader.onnx";

    /** The characters that it knows, one a line. */
    public static final String TEXT_CHARACTERS = "text_characters.txt";

    /** The network that is asked where the first is unsure; of a model with {@link ModelConfig.Reader#sure}. */
    public static final String SECOND_READER = "second_reader.onnx";

    public static final String SECOND_CHARACTERS = "second_characters.txt";

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

    /** Loads what reads and checks one. */
    public static void prepare() {
        Manifest.prepare();
        Sha256.prepare();
    }

    /**
     * Reads the manifest and checks every file that it lists: name, size, SHA-256, and that nothing in it leads out of the
     * folder.
     *
     * @throws BundleException naming a file that is wrong
     */
    public static Bundle open(Path folder) {
        var manifest = Manifest.read(folder);
        var names = new HashSet<String>();
        for (BundleFile file : manifest.files()) {
            if (!PLAIN_NAME.matcher(file.name()).matches() || !names.add(file.name())) {
                throw new BundleException("%s lists \"%s\", which is not the plain name of one file"
                        .formatted(folder.resolve(Manifest.FILE), file.name()));
            }
        }
        requireAll(folder, manifest.model(), names);
        return new Bundle(folder, manifest, BundleCheck.of(folder, manifest).run());
    }

    /**
     * Files are opened by their names, as ONNX Runtime wants it, some time after they were checked: call this once they
     * are open, or what was opened may be something else than what was checked.
     *
     * @throws BundleException naming a file that was changed or replaced since, even if it was put back
     */
    public void requireUnchanged() {
        stamps.forEach((name, before) -> {
            Path file = folder.resolve(name);
            try {
                if (!FileStamp.of(file).equals(before)) {
                    throw new BundleException(
                            file + " was changed or replaced while the bundle was opened: open it again,"
                                    + " and replace a bundle by another folder instead of other files");
                }
            } catch (IOException e) {
                throw BundleCheck.unreadable(file, e);
            }
        });
    }

    /** The model's sizes and texts. */
    public ModelConfig config() {
        return manifest.model();
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    public Path file(Subgraph subgraph) {
        return folder.resolve(subgraph.file());
    }

    /** How the token table is written. */
    public TokenTable tokens() {
        return tokens(manifest.files().stream().map(BundleFile::name).collect(Collectors.toSet()));
    }

    /** Names of the files that a bundle of that model must have, the manifest and weights beside graphs left out. */
    public static List<String> needed(ModelConfig config, TokenTable tokens) {
        List<String> names = new ArrayList<>();
        for (Subgraph subgraph : Subgraph.values()) {
            names.add(subgraph.file());
        }
        names.addAll(List.of(tokens.file(), TOKENIZER));
        names.addAll(readers(config));
        return names;
    }

    /** Names of the text expert's files among them. */
    public static List<String> readers(ModelConfig config) {
        if (config.reader() == null) {
            return List.of();
        }
        return config.reader().sure() == 0
                ? List.of(TEXT_READER, TEXT_CHARACTERS)
                : List.of(TEXT_READER, TEXT_CHARACTERS, SECOND_READER, SECOND_CHARACTERS);
    }

    private static void requireAll(Path folder, ModelConfig config, Set<String> names) {
        if (Stream.of(TokenTable.values()).allMatch(table -> names.contains(table.file()))) {
            throw new BundleException("%s lists the token table twice, as %s and as %s: export the bundle again"
                    .formatted(folder.resolve(Manifest.FILE), TokenTable.SINGLE.file(), TokenTable.HALF.file()));
        }
        List<String> missing = needed(config, tokens(names)).stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new BundleException("%s does not list %s: export the bundle again"
                    .formatted(folder.resolve(Manifest.FILE), String.join(", ", missing)));
        }
    }

    private static TokenTable tokens(Set<String> names) {
        return names.contains(TokenTable.HALF.file()) ? TokenTable.HALF : TokenTable.SINGLE;
    }
}
