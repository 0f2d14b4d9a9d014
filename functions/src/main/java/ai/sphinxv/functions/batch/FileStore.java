package ai.sphinxv.functions.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.UnknownFileException;
import ai.sphinxv.functions.store.S3;
import ai.sphinxv.functions.store.Store;
import ai.sphinxv.runtime.bundle.Sha256;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The files of {@code /v1/files}, in a store that all replicas share; a tenant's in a part of its own. A file is there
 * when its description is, which is written last.
 */
@Singleton
public class FileStore {
    private static final Pattern ID = Pattern.compile("file-[0-9a-zA-Z-]{1,80}");
    private static final String DESCRIPTION = ".json";
    private static final String CONTENT = ".content";

    private static final String FILES = "files";

    private final SphinxConfig.Batch config;
    private final Optional<Store> store;
    private final ObjectMapper json;

    @Inject
    FileStore(SphinxConfig config, ObjectMapper json) {
        this(config, config.batch().store().map(place -> Store.at(place, s3(config.batch()))), json);
    }

    FileStore(SphinxConfig config, Optional<Store> store, ObjectMapper json) {
        this.config = config.batch();
        this.store = store;
        this.json = json;
    }

    static S3 s3(SphinxConfig.Batch config) {
        var s3 = config.s3();
        return new S3(s3.endpoint().orElse(null), s3.region().orElse(null), s3.lease());
    }

    /** @throws UnknownFileException if this deployment keeps none */
    Store home(String tenant) {
        return store.orElseThrow(() -> new UnknownFileException(
                        "this server keeps no files and runs no batches: its operator sets sphinxv.batch.store"))
                .in(Sha256.of(tenant.getBytes(UTF_8)).substring(0, 32));
    }

    /** All tenants' homes. */
    List<Store> homes() throws IOException {
        return store.isEmpty()
                ? List.of()
                : store.get().stores().stream().map(store.get()::in).toList();
    }

    static String newId() {
        return "file-" + UUID.randomUUID().toString().replace("-", "");
    }

    /** @throws InvalidRequestException if there are too many already */
    StoredFile add(Store home, String name, String purpose, Store.Content content) throws IOException {
        if (descriptions(home).size() >= config.files()) {
            throw new InvalidRequestException(
                    "%d files are kept already, which is the most: delete some".formatted(config.files()));
        }
        return put(home, newId(), name, purpose, content);
    }

    /** Written again under the same id it is the same file. */
    StoredFile put(Store home, String id, String name, String purpose, Store.Content content) throws IOException {
        Store files = home.in(FILES);
        files.write(id + CONTENT, content);
        var stored = new StoredFile(
                id, "file", files.size(id + CONTENT), Instant.now().getEpochSecond(), name, purpose);
        try {
            files.write(id + DESCRIPTION, out -> out.write(json.writeValueAsBytes(stored)));
        } catch (IOException e) {
            files.delete(id + CONTENT); // without a description nobody could
            throw e;
        }
        return stored;
    }

    /** Newest first. */
    List<StoredFile> all(Store home) throws IOException {
        var all = new ArrayList<StoredFile>();
        for (String description : descriptions(home)) {
            all.add(json.readValue(home.in(FILES).read(description), StoredFile.class));
        }
        all.sort(Comparator.comparingLong(StoredFile::createdAt).reversed().thenComparing(StoredFile::id));
        return all;
    }

    private static List<String> descriptions(Store home) throws IOException {
        return home.in(FILES).files().stream()
                .filter(name -> name.endsWith(DESCRIPTION))
                .toList();
    }

    StoredFile require(Store home, String id) throws IOException {
        try {
            return json.readValue(home.in(FILES).read(existing(home, id, DESCRIPTION)), StoredFile.class);
        } catch (NoSuchFileException e) { // deleted meanwhile
            throw new UnknownFileException("there is no file of this id");
        }
    }

    long size(Store home, String id) throws IOException {
        return home.in(FILES).size(existing(home, id, CONTENT));
    }

    InputStream content(Store home, String id) throws IOException {
        existing(home, id, DESCRIPTION);
        return home.in(FILES).open(existing(home, id, CONTENT));
    }

    void delete(Store home, String id) throws IOException {
        home.in(FILES).delete(existing(home, id, DESCRIPTION));
        home.in(FILES).delete(id + CONTENT);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private static String existing(Store home, String id, String part) throws IOException {
        if (!isId(id) || !home.in(FILES).has(id + part)) {
            throw new UnknownFileException("there is no file of this id");
        }
        return id + part;
    }
}
