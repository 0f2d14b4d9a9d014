package ai.sphinxv.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which commit the code was checked out from, read from .git without a git program. */
final class SourceCommit {
    private SourceCommit() {}

    /** The commit's id, or "unknown" outside a checkout. Changes that were not committed are not seen. */
    static String read() {
        Path git = findGit(Path.of("").toAbsolutePath());
        try {
            if (git == null) {
                return "unknown";
            }
            String head = Files.readString(git.resolve("HEAD")).strip();
            if (!head.startsWith("ref: ")) {
                return head;
            }
            Path ref = git.resolve(head.substring("ref: ".length()));
            return Files.exists(ref) ? Files.readString(ref).strip() : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static @Nullable Path findGit(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(".git"))) {
                return at.resolve(".git");
            }
        }
        return null;
    }
}
