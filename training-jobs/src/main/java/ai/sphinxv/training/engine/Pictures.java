package ai.sphinxv.training.engine;

import ai.sphinxv.training.files.NamedFile;
import ai.sphinxv.training.source.AnnotatedPicture;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the pictures of each source lie.
 *
 * @param folders by source; under "" that of all others
 */
record Pictures(Map<String, String> folders) implements Serializable {
    private static final long MOST_BYTES = 256L << 20;

    Pictures {
        folders = Map.copyOf(folders);
    }

    /** @param words {@code FOLDER} or {@code source=FOLDER,source=FOLDER} */
    static Pictures parse(String words) {
        Map<String, String> folders = new HashMap<>();
        for (String word : words.split(",")) {
            int equals = word.indexOf('=');
            String folder = word.substring(equals + 1).strip();
            if (!Files.isDirectory(Path.of(folder))) {
                throw new IllegalArgumentException("--pictures %s: %s is not a folder".formatted(word, folder));
            }
            folders.put(equals < 0 ? "" : word.substring(0, equals).strip(), folder);
        }
        return new Pictures(folders);
    }

    /** The file of a picture, if it is there, lies in its folder and is not too large to be one. */
    Optional<Path> file(String source, String image) throws IOException {
        @Nullable String folder = folders.getOrDefault(source, folders.get(""));
        Optional<Path> file = folder == null ? Optional.empty() : NamedFile.in(Path.of(folder), image);
        return file.isPresent() && Files.size(file.get()) > MOST_BYTES ? Optional.empty() : file;
    }

    Optional<Fingerprint> print(AnnotatedPicture picture) throws IOException {
        Optional<Path> file = file(picture.source(), picture.image());
        return file.isEmpty() ? Optional.empty() : Fingerprint.of(file.get());
    }
}
