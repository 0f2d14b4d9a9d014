package ai.sphinxv.runtime.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a bundle says of itself, in sphinxv.json. The file ends with the SHA-256 of all that stands before it there, so that
 * it is noticed where the file has rotted; a file without one, as earlier versions wrote it, is read too.
 *
 * @param format version of this layout, {@link #FORMAT}
 * @param files every other file of the bundle
 */
public record Manifest(int format, ModelConfig model, Provenance provenance, List<BundleFile> files) {

    /** Name of the manifest in a bundle. */
    public static final String FILE = "sphinxv.json";

    /** The layout that this version reads and writes. */
    public static final int FORMAT = 3;

    private static final long MAX_BYTES = 1 << 20;
    /** Of the digest in the name. */
    private static final int NAMED_DIGITS = 12;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final String SEAL = "sha256";
    private static final Pattern SEALED = Pattern.compile(",\\s+\"sha256\" : \"([0-9a-f]{64})\"\\s+}\\s+\\z");

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
    public record BundleFile(String name, long bytes, String sha256) {
        public BundleFile {
            requireNonNull(name, "name of a file");
            requireNonNull(sha256, "sha256 of a file");
        }
    }

    public Manifest {
        requireNonNull(model, "model");
        requireNonNull(provenance, "provenance");
        files = List.copyOf(files);
    }

    /** Has Jackson find out how one is read, which takes it longer than reading it. */
    static void prepare() {
        requireNonNull(JSON.readerFor(Manifest.class));
    }

    /**
     * The manifest in that folder.
     *
     * @throws BundleException if there is none, it is not one of this version, or not as it was written
     */
    public static Manifest read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) { // a link would have another file's text in our messages
                throw new BundleException(folder + " is not a bundle: it has no " + FILE);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new BundleException(
                        "%s has %d bytes, a manifest has at most %d".formatted(file, Files.size(file), MAX_BYTES));
            }
            byte[] bytes = Files.readAllBytes(file);
            var json = JSON.readTree(bytes);
            int format = json.path("format").asInt();
            if (format != FORMAT) {
                throw new BundleException("%s has format %d, this version reads %d: export the bundle again"
                        .formatted(file, format, FORMAT));
            }
            if (json instanceof ObjectNode fields && fields.remove(SEAL) != null) {
                requireSeal(file, bytes);
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
                var bytes = ByteBuffer.wrap(sealed(json()));
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

    /** SHA-256 of the manifest as {@link #write} writes it, but for the seal; through the files' digests it names the whole bundle. */
    public String digest() {
        return Sha256.of(json());
    }

    /** The model's name and the beginning of the digest, for instance {@code nano@0a1b2c3d4e5f}. */
    public String name() {
        return model.name() + "@" + digest().substring(0, NAMED_DIGITS);
    }

    private static byte[] sealed(byte[] json) {
        String text = new String(json, UTF_8);
        String fields = text.substring(0, text.lastIndexOf('}')).stripTrailing();
        return "%s,\n  \"%s\" : \"%s\"\n}\n"
                .formatted(fields, SEAL, Sha256.of(fields.getBytes(UTF_8)))
                .getBytes(UTF_8);
    }

    private static void requireSeal(Path file, byte[] bytes) {
        var seal = SEALED.matcher(new String(bytes, ISO_8859_1)); // a character a byte, whatever they are
        if (!seal.find() || !Sha256.of(Arrays.copyOf(bytes, seal.start())).equals(seal.group(1))) {
            throw new BundleException(
                    file + " is not as it was written: copy the bundle again, or take out its last line, sha256,"
                            + " if the change was on purpose");
        }
    }

    private byte[] json() {
        try {
            return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n").getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is always JSON", e);
        }
    }
}
