package ai.sphinxv.training.engine;

import java.io.Serializable;

/**
 * What decides which samples come out.
 *
 * @param points that are drawn in every outline (paper 3.2: several pixels of one object)
 * @param categoryShare of the label questions of stage 1 that stage 2 asks again (Table 2, Category Identification)
 * @param heldOutShare of the pictures whose samples are held out
 */
record BuildConfig(int points, double categoryShare, double heldOutShare) implements Serializable {
    static final BuildConfig DEFAULT = new BuildConfig(2, 0.3, 0.01);

    BuildConfig {
        if (points < 0 || points > 100) {
            throw new IllegalArgumentException("--points must be 0 to 100, got %d".formatted(points));
        }
        if (!(categoryShare >= 0 && categoryShare <= 1)) {
            throw new IllegalArgumentException("--category-share must be 0 to 1, got %s".formatted(categoryShare));
        }
        if (!(heldOutShare >= 0 && heldOutShare < 1)) {
            throw new IllegalArgumentException("--held-out must be 0 to below 1, got %s".formatted(heldOutShare));
        }
    }
}
