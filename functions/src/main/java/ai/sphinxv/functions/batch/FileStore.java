package ai.sphinxv.functions.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.UnknownFileException;
import ai.sphinxv.runtime.bundle.Sha256;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of {@code /v1/files}, in a folder that all replicas share; a tenant's in a folder of its own. A file is there
 * when its description is, which is written last.
 */
@Singleton
public class FileStore {
    private static final Pattern ID = Pattern.compile("file-[0-9a-zA-Z-]{1,80}");
    private static final String DESCRIPTION = ".json";
    private static final String CONTENT = ".content";

    private final SphinxConfig.Batch config;
    private final ObjectMapper json;

    FileStore(SphinxConfig config, ObjectMapper json) {
        this.config = config.batch();
        this.json = json;
    }

    /** @throws UnknownFileException if this deployment keeps none */
    Path home(String tenant) {
        Path store = config.store()
                .orElseThrow(() -> new UnknownFileException(
                        "this server keeps no files and runs no batches: its operator sets sphinxv.batch.store"));
        return store.resolve(Sha256.of(tenant.getBytes(UTF_8)).substring(0, 32));
    }

    /** All tenants' homes. */
    List<Path> homes() throws IOException {
        Optional<Path> store = config.store();
        if (store.isEmpty() || !Files.isDirectory(store.get())) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(store.get())) {
            return homes.filter(Files::isDirectory).sorted().toList();
        }
    }

    static String newId() {
        return "file-" + UUID.randomUUID().toString().replace("-", "");
    }

    /** @throws InvalidRequestException if there are too many already */
    StoredFile add(Path home, String name, String purpose, DurableFile.Content content) throws IOException {
        if (all(home).size() >= config.files()) {
            throw new InvalidRequestException(
                    "%d files are kept already, which is the most: delete some".formatted(config.files()));
        }
        return put(home, newId(), name, purpose, content);
    }

    /** Written again under the same id it is the same file. */
    StoredFile put(Path home, String id, String name, String purpose, DurableFile.Content content) throws IOException {
        Path folder = Files.createDirectories(home.resolve("files"));
        Path file = folder.resolve(id + CONTENT);
        DurableFile.write(file, content);
        var stored = new StoredFile(id, "file", Files.size(file), Instant.now().getEpochSecond(), name, purpose);
        try {
            DurableFile.write(folder.resolve(id + DESCRIPTION), out -> out.write(json.writeValueAsBytes(stored)));
        } catch (IOException e) {
            Files.delete(file); // without a description nobody could
            throw e;
        }
        return stored;
    }

    /** Newest first. */
    List<StoredFile> all(Path home) throws IOException {
        Path folder = home.resolve("files");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var all = new ArrayList<StoredFile>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(DESCRIPTION)).toList()) {
                all.add(json.readValue(file.toFile(), StoredFile.class));
            }
        }
        all.sort(Comparator.comparingLong(StoredFile::createdAt).reversed().thenComparing(StoredFile::id));
        return all;
    }

    StoredFile require(Path home, String id) throws IOException {
        return json.readValue(existing(home, id, DESCRIPTION).toFile(), StoredFile.class);
    }

    Path content(Path home, String id) {
        existing(home, id, DESCRIPTION);
        return existing(home, id, CONTENT);
    }

    void delete(Path home, String id) throws IOException {
        Files.delete(existing(home, id, DESCRIPTION));
        Files.deleteIfExists(home.resolve("files").resolve(id + CONTENT));
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static Path existing(Path home, String id, String part) {
        Path file = home.resolve("files").resolve(isId(id) ? id + part : "none");
        if (!Files.isRegularFile(file)) {
            throw new UnknownFileException("there is no file of this id");
        }
        return file;
    }
}
