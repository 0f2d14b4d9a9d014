package ai.sphinxv.runtime.decode;

/**
 * How tokens are chosen.
 *
 * @param temperature 0 takes the likeliest token; above it, the higher the more varied, to 2
 * @param topP only the likeliest tokens are drawn from, those before which less than this share of probability lies
 * @param seed the same seed gives the same answer; not used at temperature 0
 */
public record SamplingOptions(double temperature, double topP, long seed) {
    private static final double MAX_TEMPERATURE = 2;

    public SamplingOptions {
        if (!(temperature >= 0 && temperature <= MAX_TEMPERATURE)) {
            throw new IllegalArgumentException("temperature must be from 0 to 2, got " + temperature);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p must be above 0 and at most 1, got " + topP);
        }
    }

    /** Always the likeliest token. */
    public static SamplingOptions greedy() {
        return new SamplingOptions(0, 1, 0);
    }
}
