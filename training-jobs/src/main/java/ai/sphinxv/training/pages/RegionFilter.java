package ai.sphinxv.training.pages;

import ai.sphinxv.training.scenes.Draws;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Keeps what a person could point at and read, and not too much of one kind. */
final class RegionFilter {
    private static final double LEAST_SIDE = 6;

    /** As WCAG measures it; body text should have 4.5. */
    private static final double LEAST_CONTRAST = 1.6;

    /** Their colour may tell them from the ground as well. */
    private static final double LEAST_OF_ICONS = 1.3;

    private static final int MOST_OF_A_LABEL = 12;

    private RegionFilter() {}

    /**
     * The regions to keep of a picture, in their order.
     *
     * @param textLines how many text lines at most
     * @param seed decides which are left out where there are too many
     */
    static List<FoundRegion> keep(List<FoundRegion> found, BufferedImage picture, int textLines, long seed) {
        Map<String, Integer> counts = new HashMap<>();
        List<FoundRegion> kept = new ArrayList<>();
        for (FoundRegion region : Draws.shuffled(found, new SplittableRandom(seed))) {
            int most = region.isTextLine() ? textLines : MOST_OF_A_LABEL;
            if (counts.getOrDefault(region.label(), 0) < most && canBeSeen(region, picture)) {
                counts.merge(region.label(), 1, Integer::sum);
                kept.add(region);
            }
        }
        return found.stream().filter(kept::contains).toList();
    }

    private static boolean canBeSeen(FoundRegion region, BufferedImage picture) {
        if (region.width() < LEAST_SIDE || region.height() < LEAST_SIDE) {
            return false;
        }
        boolean inside = region.x() >= -0.5
                && region.y() >= -0.5
                && region.x() + region.width() <= picture.getWidth() + 0.5
                && region.y() + region.height() <= picture.getHeight() + 0.5;
        double least = region.isTextLine() ? LEAST_CONTRAST : region.label().equals("icon") ? LEAST_OF_ICONS : 0;
        return inside && (least == 0 || contrast(region, picture) >= least);
    }

    /** Between the box's median pixel, which is background, and its most different ones, which are ink. */
    private static double contrast(FoundRegion region, BufferedImage picture) {
        int x1 = (int) Math.max(0, region.x());
        int y1 = (int) Math.max(0, region.y());
        int x2 = (int) Math.min(picture.getWidth(), Math.ceil(region.x() + region.width()));
        int y2 = (int) Math.min(picture.getHeight(), Math.ceil(region.y() + region.height()));
        double[] light = new double[(x2 - x1) * (y2 - y1)];
        int i = 0;
        for (int y = y1; y < y2; y++) {
            for (int x = x1; x < x2; x++) {
                light[i++] = luminance(picture.getRGB(x, y));
            }
        }
        Arrays.sort(light);
        double median = light[light.length / 2];
        int tail = light.length / 30;
        return Math.max(ratio(median, light[tail]), ratio(median, light[light.length - 1 - tail]));
    }

    private static double ratio(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
