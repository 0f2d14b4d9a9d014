package ai.sphinxv.training.benchmark.metrics;

import java.util.List;

/**
 * What one item adds to a figure, which is the sum of the {@code above} over the sum of the {@code below}. A mean over items
 * has 1 below, one over regions their number, a relative score the reference's.
 */
public record Part(double above, double below) {

    /** The figure of these items with its interval; n is their number. */
    public static Estimate estimate(List<Part> parts) {
        return Bootstrap.STANDARD.estimate(parts.size(), parts.size(), chosen -> figure(parts, chosen));
    }

    static double figure(List<Part> parts, int[] chosen) {
        double above = 0;
        double below = 0;
        for (int i : chosen) {
            above += parts.get(i).above;
            below += parts.get(i).below;
        }
        return above / below;
    }

    /** Whether the item is simply right or wrong. */
    boolean isRightOrWrong() {
        return below == 1 && (above == 0 || above == 1);
    }
}
