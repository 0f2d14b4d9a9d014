package ai.sphinxv.onnx.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells a file from another one without reading it. */
final class FileIdentity {
    private FileIdentity() {}

    static String of(Path file) {
        try {
            return "%s %d bytes of %s".formatted(file.getFileName(), Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            throw new CheckpointException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }
}
