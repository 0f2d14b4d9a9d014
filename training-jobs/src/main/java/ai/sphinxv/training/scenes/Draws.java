package ai.sphinxv.training.scenes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random numbers that depend on a seed and an index only, so that any sample can be drawn again by itself. */
public final class Draws {
    private Draws() {}

    /** The generator of one index. Neighbouring indices and seeds share nothing. */
    public static RandomGenerator of(long seed, long index) {
        return new SplittableRandom(scatter(scatter(seed) ^ scatter(index + 0x9E3779B97F4A7C15L)));
    }

    /** A list in random order. */
    public static <T> List<T> shuffled(List<T> list, RandomGenerator random) {
        var shuffled = new ArrayList<T>(list);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled;
    }

    /** From low to high with every octave equally likely. */
    static double logUniform(RandomGenerator random, double low, double high) {
        return low * Math.exp(random.nextDouble() * Math.log(high / low));
    }

    /** The finalizer of SplitMix64: every bit of the input reaches every bit of the result. */
    private static long scatter(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
