package ai.sphinxv.runtime.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Input as a file, for readers that take one. */
public final class Fresh {
    private Fresh() {}

    /** Writes it anew: ext4 flushes a file that is written over, and four hundred inputs a second were left. */
    public static Path file(Path folder, String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        return Files.write(file, bytes);
    }
}
