package ai.sphinxv.functions;

import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.ProcessFolder;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The small model that travels inside this application, under {@code /nano/} on the class path. ONNX Runtime opens files,
 * so it is laid out in a temporary folder for as long as the process lives; what a killed one left is deleted by the next.
 */
@Singleton
public class EmbeddedBundle {
    private static final String HOME = "/nano/";

    private @Nullable ProcessFolder folder;

    /**
     * The folder with the model's files.
     *
     * @throws IllegalStateException if this build carries no model, saying what to set instead
     * @throws UncheckedIOException if the temporary folder does not take it; then nothing is left there
     */
    synchronized Path unpack() {
        if (EmbeddedBundle.class.getResource(HOME + Manifest.FILE) == null) {
            throw new IllegalStateException(
                    "this build carries no model: set sphinxv.bundle to the folder of an exported one");
        }
        try {
            folder = ProcessFolder.make("sphinxv-nano");
            copy(Manifest.FILE, folder.path());
            for (Manifest.BundleFile file : Manifest.read(folder.path()).files()) {
                copy(file.name(), folder.path());
            }
            return folder.path();
        } catch (IOException e) {
            delete();
            throw new UncheckedIOException(
                    "the embedded model, 60 MB, cannot be laid out in %s (%s): make room there, name another folder by -Djava.io.tmpdir=FOLDER, or set sphinxv.bundle to the folder of an exported model"
                            .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
                    e);
        }
    }

    /** Removes what {@link #unpack} left. */
    synchronized void delete() {
        if (folder == null) {
            return;
        }
        try {
            folder.close();
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
