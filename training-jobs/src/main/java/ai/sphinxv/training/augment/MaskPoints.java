package ai.sphinxv.training.augment;

import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.scenes.Mask;
import java.util.random.RandomGenerator;

/** Points as people click them: anywhere on what is to be seen of an object (paper 3.2). */
public final class MaskPoints {
    private MaskPoints() {}

    /** The centre of a random pixel of the mask, in pixels of the picture. */
    public static Point draw(Mask mask, RandomGenerator random) {
        int pixel = mask.pixels()[random.nextInt(mask.pixels().length)];
        return new Point(pixel % mask.width() + 0.5, pixel / mask.width() + 0.5);
    }
}
