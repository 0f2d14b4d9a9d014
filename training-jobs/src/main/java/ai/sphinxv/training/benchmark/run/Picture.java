package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A picture's file and its pixels. */
record Picture(Path path, byte[] file, RgbImage image) {
    static Picture read(Path path) throws IOException {
        byte[] file = Files.readAllBytes(path);
        try {
            return new Picture(path, file, ImageDecoder.decode(file));
        } catch (InvalidImageException e) {
            throw new IOException("%s: %s".formatted(path, e.getMessage()), e);
        }
    }
}
