package ai.sphinxv.training.scenes;

/**
 * What scenes are for. No scene of one split is ever a scene of another: training and validation use different indices
 * of the run's seed, and the held-out scenes have a seed that no run may have, the same for every run.
 */
public enum Split {
    TRAIN(0),
    VALIDATION(Split.LIMIT),
    HELD_OUT(0);

    /** Scenes of a split are numbered from 0 to just below this. */
    public static final long LIMIT = 1L << 40;

    /** Negative, and a run's seed is not. */
    private static final long HELD_OUT_SEED = -0x5348_494E_58L;

    private final long first;

    Split(long first) {
        this.first = first;
    }

    /**
     * The seed of the split's scenes.
     *
     * @param run the run's seed, not negative
     */
    public long seed(long run) {
        if (run < 0) {
            throw new IllegalArgumentException("a run's seed must not be negative, got %d".formatted(run));
        }
        return this == HELD_OUT ? HELD_OUT_SEED : run;
    }

    /** Where the split's scene number n lies among the scenes of its seed. */
    public long index(long n) {
        if (n < 0 || n >= LIMIT) {
            throw new IllegalArgumentException("scenes are numbered 0 to %d, got %d".formatted(LIMIT - 1, n));
        }
        return first + n;
    }
}
