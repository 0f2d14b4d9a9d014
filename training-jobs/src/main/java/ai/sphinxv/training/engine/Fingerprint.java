package ai.sphinxv.training.engine;

import ai.sphinxv.runtime.bundle.Sha256;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.RgbImage;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A picture by its bytes and by its looks: coarsely, so that those that may be one picture are found fast, and more finely,
 * since receipts of one shop differ in their lines only.
 *
 * @param sha256 of the file
 * @param looks 256 bits: whether, in a picture of 17 by 16 grey fields, a field is brighter than the next
 * @param shades 24 by 24 fields of four bits each: how many standard deviations a field is brighter than their mean, from
 *     three less to three more
 */
record Fingerprint(String sha256, long[] looks, long[] shades) implements Serializable {
    private static final int ROWS = 16;
    private static final int COLUMNS = 17;

    /** How many bits {@link #looks} has. */
    static final int LOOKS = ROWS * (COLUMNS - 1);

    /** Of 256 bits; other quality, other size and other format change fewer, other pictures half of them. */
    static final int NEAR = 10;

    /** Grey levels: what differs by less is as bright. */
    private static final int SAME = 2;

    private static final int FIELDS = 24;
    private static final int BITS = 4;
    private static final int IN_A_LONG = Long.SIZE / BITS;
    private static final int LEVELS = (1 << BITS) - 1;
    private static final double RANGE = 3;

    /** Grey levels: a picture that differs less in itself is flat, and its noise must not look like something. */
    private static final double FLAT = 4;

    /**
     * Most fields that may differ by more than a level in copies of one picture, of 576. Of 298 real pictures as JPEG at 70 and
     * at 40 % of their size one differed in more, in 16; different receipts of one shop differ in 18 and more.
     */
    static final int OTHER = 8;

    /** Nothing where it is no picture. */
    static Optional<Fingerprint> of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            RgbImage image = ImageDecoder.decode(bytes);
            return Optional.of(new Fingerprint(Sha256.of(bytes), looks(image), shades(image)));
        } catch (InvalidImageException e) {
            return Optional.empty();
        }
    }

    /** Whether both are one picture, whatever its size, its format and its quality. */
    boolean isNear(Fingerprint other) {
        int different = 0;
        for (int i = 0; i < looks.length; i++) {
            different += Long.bitCount(looks[i] ^ other.looks[i]);
        }
        return different <= NEAR && otherFields(other) <= OTHER;
    }

    private int otherFields(Fingerprint other) {
        int count = 0;
        for (int i = 0; i < FIELDS * FIELDS; i++) {
            count += Math.abs(level(shades, i) - level(other.shades, i)) > 1 ? 1 : 0;
        }
        return count;
    }

    private static int level(long[] shades, int field) {
        return (int) (shades[field / IN_A_LONG] >>> BITS * (field % IN_A_LONG)) & LEVELS;
    }

    private static long[] shades(RgbImage image) {
        double[] grey = fields(image, FIELDS, FIELDS);
        double mean = Arrays.stream(grey).average().orElse(0);
        double variance =
                Arrays.stream(grey).map(one -> (one - mean) * (one - mean)).sum() / grey.length;
        double deviation = Math.max(FLAT, Math.sqrt(variance));
        long[] shades = new long[grey.length / IN_A_LONG];
        for (int i = 0; i < grey.length; i++) {
            double level = ((grey[i] - mean) / deviation + RANGE) / (2 * RANGE) * LEVELS;
            shades[i / IN_A_LONG] |= Math.round(Math.clamp(level, 0, LEVELS)) << BITS * (i % IN_A_LONG);
        }
        return shades;
    }

    private static long[] looks(RgbImage image) {
        double[] grey = fields(image, ROWS, COLUMNS);
        long[] bits = new long[LOOKS / Long.SIZE];
        int bit = 0;
        for (int y = 0; y < ROWS; y++) {
            for (int x = 0; x + 1 < COLUMNS; x++, bit++) {
                if (grey[y * COLUMNS + x] - grey[y * COLUMNS + x + 1] > SAME) {
                    bits[bit / Long.SIZE] |= 1L << bit % Long.SIZE;
                }
            }
        }
        return bits;
    }

    /** Mean grey of each field; a picture smaller than that has fields of one pixel. */
    private static double[] fields(RgbImage image, int rows, int columns) {
        double[] grey = new double[rows * columns];
        byte[] rgb = image.rgb();
        for (int row = 0; row < rows; row++) {
            int top = row * image.height() / rows;
            int bottom = Math.max(top + 1, (row + 1) * image.height() / rows);
            for (int column = 0; column < columns; column++) {
                int left = column * image.width() / columns;
                int right = Math.max(left + 1, (column + 1) * image.width() / columns);
                long sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int at = 3 * (y * image.width() + left); at < 3 * (y * image.width() + right); at += 3) {
                        sum += 299 * (rgb[at] & 0xff) + 587 * (rgb[at + 1] & 0xff) + 114 * (rgb[at + 2] & 0xff);
                    }
                }
                grey[row * columns + column] = sum / (1000.0 * (bottom - top) * (right - left));
            }
        }
        return grey;
    }
}
