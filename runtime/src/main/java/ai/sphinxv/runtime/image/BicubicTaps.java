package ai.sphinxv.runtime.image;

/**
 * Which source pixels make each result pixel of a line, and their weights (Pillow 10, Resample.c: bicubic with a = -0.5,
 * whose support grows when the line shrinks; weights in fixed point).
 *
 * @param size result pixels
 * @param most source pixels of one result pixel at most
 * @param firsts [size] first source pixel
 * @param counts [size] how many
 * @param weights [size * most] in units of 1 / 2^{@link #PRECISION}
 */
record BicubicTaps(int size, int most, int[] firsts, int[] counts, int[] weights) {

    /** 8 bits of colour and 2 spare ones fill an int. */
    private static final int PRECISION = 32 - 8 - 2;

    /** Rounds a sum of weighted colours. */
    static final int HALF = 1 << (PRECISION - 1);

    private static final double SUPPORT = 2;
    private static final double A = -0.5;

    /** For a line of {@code from} pixels resized to {@code size}. */
    static BicubicTaps of(int from, int size) {
        return of(0, from, from, size);
    }

    /**
     * For the part of a line of {@code from} pixels that lies between two places, resized to {@code size}. Where the part
     * reaches over an end of the line, the end is repeated.
     */
    static BicubicTaps of(double start, double end, int from, int size) {
        double scale = (end - start) / size;
        double stretch = Math.max(scale, 1);
        double support = SUPPORT * stretch;
        int most = (int) Math.min(from, 2 * Math.ceil(support) + 1);
        var taps = new BicubicTaps(size, most, new int[size], new int[size], new int[size * most]);
        for (int i = 0; i < size; i++) {
            double place = start + (i + 0.5) * scale;
            double centre = 0 <= place && place <= from ? place : Math.clamp(place, 0.5, from - 0.5);
            int first = Math.max(0, (int) (centre - support + 0.5));
            int count = Math.min(from, (int) (centre + support + 0.5)) - first;
            double[] weights = new double[count];
            double sum = 0;
            for (int tap = 0; tap < count; tap++) {
                weights[tap] = bicubic((tap + first - centre + 0.5) / stretch);
                sum += weights[tap];
            }
            for (int tap = 0; tap < count; tap++) {
                double fixed = weights[tap] / sum * (1 << PRECISION);
                taps.weights[i * most + tap] = (int) (fixed < 0 ? fixed - 0.5 : fixed + 0.5);
            }
            taps.firsts[i] = first;
            taps.counts[i] = count;
        }
        return taps;
    }

    int first(int i) {
        return firsts[i];
    }

    int count(int i) {
        return counts[i];
    }

    /** Whether result pixel i depends on any source pixel from {@code start} to before {@code end}. */
    boolean touch(int i, int start, int end) {
        return firsts[i] < end && firsts[i] + counts[i] > start;
    }

    /** Result pixel i, from the red-green-blue source pixels that begin at {@code from}. */
    void weigh(int i, byte[] source, int from, byte[] result, int at) {
        weigh(i, source, from, 3, result, at);
    }

    /** The same of source pixels that lie {@code step} bytes apart. */
    void weigh(int i, byte[] source, int from, int step, byte[] result, int at) {
        int red = HALF;
        int green = red;
        int blue = red;
        for (int tap = 0; tap < counts[i]; tap++) {
            int weight = weights[i * most + tap];
            int pixel = from + step * tap;
            red += (source[pixel] & 0xff) * weight;
            green += (source[pixel + 1] & 0xff) * weight;
            blue += (source[pixel + 2] & 0xff) * weight;
        }
        result[at] = level(red);
        result[at + 1] = level(green);
        result[at + 2] = level(blue);
    }

    /** What the source pixel at first(i) + tap weighs in result pixel i. */
    int weight(int i, int tap) {
        return weights[i * most + tap];
    }

    /** A colour from {@link #HALF} and the weighted source colours. */
    static byte level(int sum) {
        return (byte) Math.clamp(sum >> PRECISION, 0, 255);
    }

    private static double bicubic(double x) {
        double d = Math.abs(x);
        if (d < 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }
}
