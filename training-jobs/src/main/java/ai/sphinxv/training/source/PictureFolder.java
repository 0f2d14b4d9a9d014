package ai.sphinxv.training.source;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The pictures of a dataset, of which only the first bytes are read. */
record PictureFolder(Optional<Path> folder) {
    private static final List<String> ENDINGS = List.of(".jpg", ".png", ".jpeg", ".JPG", ".PNG", ".gif", "");

    /** Width and height in pixels as stored; nothing where the picture is missing, outside the folder or none. */
    Optional<Dimension> size(String image) throws IOException {
        Optional<Path> file = file(image);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var in = ImageIO.createImageInputStream(file.get().toFile())) {
            var readers = in == null ? null : ImageIO.getImageReaders(in);
            if (readers == null || !readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return Optional.of(new Dimension(reader.getWidth(0), reader.getHeight(0)));
            } catch (IOException | RuntimeException e) { // libraries throw nearly anything
                return Optional.empty();
            } finally {
                reader.dispose();
            }
        }
    }

    /** The first picture that is called so, with any of the usual endings. */
    Optional<String> named(String stem) {
        return ENDINGS.stream()
                .map(ending -> stem + ending)
                .filter(name -> file(name).isPresent())
                .findFirst();
    }

    private Optional<Path> file(String image) {
        return folder.map(root -> root.resolve(image).normalize())
                .filter(file -> file.startsWith(folder.get().normalize()))
                .filter(Files::isRegularFile);
    }
}
