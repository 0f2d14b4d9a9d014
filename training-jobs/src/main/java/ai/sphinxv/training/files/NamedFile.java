package ai.sphinxv.training.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file by the name that a dataset gives it: whoever made the dataset reaches nothing outside its folder. */
public final class NamedFile {
    private NamedFile() {}

    /** The file; nothing where it is not there, is no regular file, or its name or a link leads out of the folder. */
    public static Optional<Path> in(Path folder, String name) {
        return place(folder, name).filter(Files::isRegularFile).filter(file -> isInside(folder, file));
    }

    /** Where a file of that name would be; nothing where the name leads out of the folder or is none. */
    public static Optional<Path> place(Path folder, String name) {
        Path root = folder.normalize();
        try {
            return Optional.of(root.resolve(name).normalize()).filter(file -> file.startsWith(root));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isInside(Path folder, Path file) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false; // it has gone
        }
    }
}
