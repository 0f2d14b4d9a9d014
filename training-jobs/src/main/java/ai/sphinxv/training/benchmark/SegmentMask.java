package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.augment.MaskPoints;
import ai.sphinxv.training.scenes.Mask;
import ai.sphinxv.training.source.LabelledImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Which pixels each segment of a picture has. */
record SegmentMask(Map<Integer, Mask> segments) {

    /** Nothing where the picture has no mask. */
    static Optional<SegmentMask> of(LabelledImage picture) {
        if (picture.mask() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SegmentMask(picture.masks()));
        } catch (IOException e) {
            throw new UncheckedIOException("the mask %s cannot be read".formatted(picture.mask()), e);
        }
    }

    /** The centre of a random pixel of a segment; nothing where no pixel belongs to it. */
    Optional<Point> pointIn(int segment, RandomGenerator random) {
        return Optional.ofNullable(segments.get(segment)).map(mask -> MaskPoints.draw(mask, random));
    }

    /** Whether the pixel there belongs to the segment. */
    boolean contains(int segment, int x, int y) {
        Mask mask = segments.get(segment);
        return mask != null && mask.contains(x, y);
    }
}
