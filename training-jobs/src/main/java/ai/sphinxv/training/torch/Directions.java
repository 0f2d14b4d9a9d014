package ai.sphinxv.training.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random directions, the same for the same seed. */
final class Directions {
    private final Random random;

    Directions(long seed) {
        this.random = new Random(seed);
    }

    /** [width], of length 1. */
    double[] one(int width) {
        double[] direction = random.doubles(width, -1, 1).toArray();
        toLengthOne(direction);
        return direction;
    }

    /** At right angles to each other and to those given, which are so to each other: [count][width], of length 1. */
    List<double[]> apart(int count, int width, List<double[]> from) {
        var all = new ArrayList<>(from);
        for (int i = 0; i < count; i++) {
            double[] direction = one(width);
            straighten(direction, all);
            toLengthOne(direction);
            all.add(direction);
        }
        return List.copyOf(all.subList(from.size(), all.size()));
    }

    /** Takes from a vector what lies along others, which are of length 1 and at right angles to each other. */
    static void straighten(double[] vector, List<double[]> others) {
        for (int pass = 0; pass < 2; pass++) { // once more, for what rounding left
            for (double[] other : others) {
                add(vector, -dot(vector, other), other);
            }
        }
    }

    static void toLengthOne(double[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
    }

    static void add(double[] to, double scale, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += scale * what[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
