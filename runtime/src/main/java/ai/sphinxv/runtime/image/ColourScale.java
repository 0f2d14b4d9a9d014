package ai.sphinxv.runtime.image;

/**
 * What each level of a colour becomes before a network reads it.
 *
 * @param levels [3 * 256] for red, then green, then blue
 */
public record ColourScale(float[] levels) {
    private static final int LEVELS = 256;

    /**
     * Levels as fractions of 255, less the mean, by the standard deviation.
     *
     * @param mean of red, green and blue
     * @param std of red, green and blue
     */
    public static ColourScale of(double[] mean, double[] std) {
        float[] levels = new float[3 * LEVELS];
        for (int i = 0; i < levels.length; i++) {
            int channel = i / LEVELS;
            levels[i] = (float) ((i % LEVELS / 255.0 - mean[channel]) / std[channel]);
        }
        return new ColourScale(levels);
    }

    float red(byte level) {
        return levels[level & 0xff];
    }

    float green(byte level) {
        return levels[LEVELS + (level & 0xff)];
    }

    float blue(byte level) {
        return levels[2 * LEVELS + (level & 0xff)];
    }
}
