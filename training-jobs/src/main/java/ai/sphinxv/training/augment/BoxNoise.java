package ai.sphinxv.training.augment;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.util.random.RandomGenerator;

/**
 * Boxes as people draw them: moved by up to an eighth of their size and up to 15 % larger or smaller (reference-model
 * 5, which the reference applies to boxes in both stages and never to points).
 */
public final class BoxNoise {
    private static final double RESIZE = 0.15;

    private BoxNoise() {}

    /**
     * A noisy copy of a box. The reference lets boxes leave the picture; serving refuses those, so here they are cut at
     * its edges. A box without area after that is given back as it was.
     *
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     */
    public static Box jitter(Box box, int width, int height, RandomGenerator random) {
        double w = box.x2() - box.x1();
        double h = box.y2() - box.y1();
        double x = box.x1() + step((int) (w / 8), random);
        double y = box.y1() + step((int) (h / 8), random);
        double right = x + Math.max(0, w * (1 + resize(random)));
        double bottom = y + Math.max(0, h * (1 + resize(random)));

        double x1 = Math.clamp(x, 0, width);
        double y1 = Math.clamp(y, 0, height);
        double x2 = Math.clamp(right, 0, width);
        double y2 = Math.clamp(bottom, 0, height);
        return x2 > x1 && y2 > y1 ? new Box(x1, y1, x2, y2) : box;
    }

    /** A whole number of pixels from -most to +most. */
    private static int step(int most, RandomGenerator random) {
        return random.nextInt(-most, most + 1);
    }

    private static double resize(RandomGenerator random) {
        return RESIZE * (2 * random.nextDouble() - 1);
    }
}
