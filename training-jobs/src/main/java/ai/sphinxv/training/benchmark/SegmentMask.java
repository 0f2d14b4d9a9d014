package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.augment.MaskPoints;
import ai.sphinxv.training.scenes.Mask;
import ai.sphinxv.training.source.LabelledImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Which segment each pixel of a picture belongs to (see {@link LabelledImage#mask}). */
record SegmentMask(RgbImage colours) {

    /** Nothing where the picture has no mask. */
    static Optional<SegmentMask> of(LabelledImage picture) {
        Path file = picture.mask();
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SegmentMask(ImageDecoder.decode(Files.readAllBytes(file))));
        } catch (IOException e) {
            throw new UncheckedIOException("the mask %s cannot be read".formatted(file), e);
        }
    }

    /** The centre of a random pixel of a segment; nothing where no pixel belongs to it. */
    Optional<Point> pointIn(int segment, RandomGenerator random) {
        int[] pixels = IntStream.range(0, colours.width() * colours.height())
                .filter(pixel -> segmentAt(pixel) == segment)
                .toArray();
        return pixels.length == 0
                ? Optional.empty()
                : Optional.of(MaskPoints.draw(new Mask(colours.width(), pixels), random));
    }

    /** The segment of the pixel there. */
    int segmentAt(int x, int y) {
        return segmentAt(y * colours.width() + x);
    }

    private int segmentAt(int pixel) {
        byte[] rgb = colours.rgb();
        return (rgb[3 * pixel] & 0xff) + ((rgb[3 * pixel + 1] & 0xff) << 8) + ((rgb[3 * pixel + 2] & 0xff) << 16);
    }
}
