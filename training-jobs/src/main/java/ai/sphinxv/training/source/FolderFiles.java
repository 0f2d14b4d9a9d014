package ai.sphinxv.training.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a dataset that has one a picture. */
final class FolderFiles {
    private FolderFiles() {}

    /**
     * All of a folder and of those in it that end so, by path, the same everywhere.
     *
     * @throws IOException if it is no folder or has none
     */
    static List<Path> of(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("%s is not a folder of %s files".formatted(folder, ending));
        }
        List<Path> found;
        try (Stream<Path> files = Files.walk(folder)) {
            found = files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        if (found.isEmpty()) {
            throw new IOException("no %sfile is in %s".formatted(ending.isEmpty() ? "" : ending + " ", folder));
        }
        return found;
    }

    /** @throws IOException if it is not UTF-8, with its name */
    static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException("%s is not UTF-8".formatted(file), e);
        }
    }

    /** Its name without the ending. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
