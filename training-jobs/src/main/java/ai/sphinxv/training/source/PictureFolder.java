package ai.sphinxv.training.source;

import ai.sphinxv.training.files.NamedFile;
import ai.sphinxv.training.files.WholeFile;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The pictures of a dataset: of those that are there only the first bytes are read. */
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

    /** See {@link Intake#keep}; a name that leads out of the folder is written nowhere. */
    boolean keep(String image, int width, int height, byte[] rgb) throws IOException {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            return false;
        }
        Optional<Path> file = place(image).filter(path -> !Files.exists(path));
        if (file.isPresent()) {
            var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < width * height; i++) {
                int colour = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
                picture.setRGB(i % width, i / width, colour);
            }
            WholeFile.write(file.get(), out -> ImageIO.write(picture, "png", out));
        }
        return true;
    }

    private Optional<Path> file(String image) {
        return folder.flatMap(root -> NamedFile.in(root, image));
    }

    private Optional<Path> place(String image) {
        return folder.flatMap(root -> NamedFile.place(root, image));
    }
}
