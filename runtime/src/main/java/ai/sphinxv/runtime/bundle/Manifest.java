package ai.sphinxv.runtime.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a bundle says of itself, in sphinxv.json.
 *
 * @param format version of this layout, {@link #FORMAT}
 * @param files every other file of the bundle
 */
public record Manifest(int format, ModelConfig model, Provenance provenance, List<BundleFile> files) {

    /** Name of the manifest in a bundle. */
    public static final String FILE = "sphinxv.json";

    /** The layout that this version reads and writes. */
    public static final int FORMAT = 2;

    private static final long MAX_BYTES = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Where the weights come from.
     *
     * @param trainedBy command that trained them
     * @param commit of the source
     * @param created ISO 8601 instant
     * @param measured what was measured on the exported bundle, by name
     */
    public record Provenance(String trainedBy, String commit, String created, Map<String, String> measured) {
        public Provenance {
            measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured)); // keeps the order, and so the digest
        }
    }

    /**
     * One file of a bundle.
     *
     * @param name without folder
     * @param sha256 64 lower-case hex digits
     */
    public record BundleFile(String name, long bytes, String sha256) {}

    public Manifest {
        files = List.copyOf(files);
    }

    /**
     * The manifest in that folder.
     *
     * @throws BundleException if there is none, or it is not one of this version
     */
    public static Manifest read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.isRegularFile(file)) {
                throw new BundleException(folder + " is not a bundle: it has no " + FILE);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new BundleException(
                        "%s has %d bytes, a manifest has at most %d".formatted(file, Files.size(file), MAX_BYTES));
            }
            var json = JSON.readTree(Files.readAllBytes(file));
            int format = json.path("format").asInt();
            if (format != FORMAT) {
                throw new BundleException("%s has format %d, this version reads %d: export the bundle again"
                        .formatted(file, format, FORMAT));
            }
            return JSON.treeToValue(json, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new BundleException(file + " is not a manifest: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new BundleException(file + " cannot be read: " + e, e);
        }
    }

    /** Writes the manifest into that folder, all of it or nothing. Every other file must be there already. */
    public void write(Path folder) {
        Path file = folder.resolve(FILE);
        Path temporary = folder.resolve(FILE + ".tmp");
        try {
            try (var channel = FileChannel.open(temporary, CREATE, TRUNCATE_EXISTING, WRITE)) {
                var bytes = ByteBuffer.wrap(json());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BundleException(file + " cannot be written: " + e, e);
        }
    }

    /** The entry of a file as it lies there now. */
    public static BundleFile describe(Path file) {
        try {
            return new BundleFile(file.getFileName().toString(), Files.size(file), Sha256.of(file));
        } catch (IOException e) {
            throw new BundleException(file + " cannot be read: " + e, e);
        }
    }

    /** SHA-256 of the manifest as {@link #write} writes it; through the files' digests it names the whole bundle. */
    public String digest() {
        return Sha256.of(json());
    }

    private byte[] json() {
        try {
            return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n").getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is always JSON", e);
        }
    }
}
