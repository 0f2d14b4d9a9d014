package ai.sphinxv.onnx.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Arrays of the plain networks, beside those that graphs give. */
final class Numbers {
    private static final double TOLERANCE = 1e-4;

    private Numbers() {}

    /** No number is more than 1e-4 from the plain one; they are near 1 themselves. */
    static void assertClose(float[] got, double[] expected) {
        assertClose(got, expected, TOLERANCE);
    }

    static void assertClose(float[] got, double[] expected, double most) {
        assertThat(got).hasSameSizeAs(expected);
        assertThat(Arrays.stream(expected).map(Math::abs).max().orElseThrow()).isBetween(0.3, 10.0);
        assertThat(farthest(got, expected)).isLessThanOrEqualTo(most);
    }

    static double farthest(float[] got, double[] expected) {
        double farthest = 0;
        for (int i = 0; i < got.length; i++) {
            double apart = Math.abs(got[i] - expected[i]);
            farthest = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(farthest, apart);
        }
        return farthest;
    }

    static double[] flat(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    static double[] flat(double[][][] maps) {
        return Arrays.stream(maps)
                .flatMapToDouble(map -> Arrays.stream(flat(map)))
                .toArray();
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** A picture of normalised noise, as floats can hold it: [3][size][size]. */
    static double[][][] picture(int size, long seed) {
        var random = new SplittableRandom(seed);
        double[][][] picture = new double[3][size][size];
        for (double[][] channel : picture) {
            for (double[] row : channel) {
                Arrays.setAll(row, i -> (float) random.nextGaussian());
            }
        }
        return picture;
    }

    /** Rows side by side. */
    static double[][] joined(double[][]... parts) {
        double[][] rows = new double[parts[0].length][];
        Arrays.setAll(
                rows,
                t -> Arrays.stream(parts)
                        .flatMapToDouble(part -> Arrays.stream(part[t]))
                        .toArray());
        return rows;
    }
}
