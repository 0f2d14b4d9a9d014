package ai.sphinxv.functions;

import ai.sphinxv.runtime.bundle.Manifest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The small model that travels inside this application, under {@code /nano/} on the class path. ONNX Runtime opens files,
 * so it is laid out in a temporary folder for as long as the process lives.
 */
@Singleton
public class EmbeddedBundle {
    private static final String HOME = "/nano/";

    private @Nullable Path folder;

    /**
     * The folder with the model's files.
     *
     * @throws IllegalStateException if this build carries no model, saying what to set instead
     */
    synchronized Path unpack() {
        if (EmbeddedBundle.class.getResource(HOME + Manifest.FILE) == null) {
            throw new IllegalStateException(
                    "this build carries no model: set sphinxv.bundle to the folder of an exported one");
        }
        try {
            folder = Files.createTempDirectory("sphinxv-nano");
            copy(Manifest.FILE, folder);
            for (Manifest.BundleFile file : Manifest.read(folder).files()) {
                copy(file.name(), folder);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded model does not fit into the temporary folder", e);
        }
    }

    /** Removes what {@link #unpack} left. */
    synchronized void delete() {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded model's files could not be deleted", e);
        }
    }

    private static void copy(String name, Path folder) throws IOException {
        try (var in = EmbeddedBundle.class.getResourceAsStream(HOME + name)) {
            if (in == null) {
                throw new IllegalStateException("the embedded model lacks its file " + name);
            }
            Files.copy(in, folder.resolve(name));
        }
    }
}
