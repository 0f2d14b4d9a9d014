package ai.sphinxv.training.engine;

import ai.sphinxv.runtime.bundle.Sha256;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.RgbImage;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture by its bytes and by its looks.
 *
 * @param sha256 of the file
 * @param looks 256 bits: whether, in a picture of 17 by 16 grey fields, a field is brighter than the next
 */
record Fingerprint(String sha256, long[] looks) implements Serializable {
    private static final int ROWS = 16;
    private static final int COLUMNS = 17;

    /** Of 256 bits; other quality, other size and other format change fewer, other pictures half of them. */
    static final int NEAR = 10;

    /** Grey levels: what differs by less is as bright. */
    private static final int SAME = 2;

    /** Nothing where it is no picture. */
    static Optional<Fingerprint> of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return Optional.of(new Fingerprint(Sha256.of(bytes), looks(ImageDecoder.decode(bytes))));
        } catch (InvalidImageException e) {
            return Optional.empty();
        }
    }

    boolean isNear(Fingerprint other) {
        return isNear(looks, other.looks);
    }

    static boolean isNear(long[] a, long[] b) {
        int different = 0;
        for (int i = 0; i < a.length; i++) {
            different += Long.bitCount(a[i] ^ b[i]);
        }
        return different <= NEAR;
    }

    private static long[] looks(RgbImage image) {
        double[] grey = fields(image);
        long[] bits = new long[ROWS * (COLUMNS - 1) / Long.SIZE];
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
    private static double[] fields(RgbImage image) {
        double[] grey = new double[ROWS * COLUMNS];
        byte[] rgb = image.rgb();
        for (int row = 0; row < ROWS; row++) {
            int top = row * image.height() / ROWS;
            int bottom = Math.max(top + 1, (row + 1) * image.height() / ROWS);
            for (int column = 0; column < COLUMNS; column++) {
                int left = column * image.width() / COLUMNS;
                int right = Math.max(left + 1, (column + 1) * image.width() / COLUMNS);
                long sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int at = 3 * (y * image.width() + left); at < 3 * (y * image.width() + right); at += 3) {
                        sum += 299 * (rgb[at] & 0xff) + 587 * (rgb[at + 1] & 0xff) + 114 * (rgb[at + 2] & 0xff);
                    }
                }
                grey[row * COLUMNS + column] = sum / (1000.0 * (bottom - top) * (right - left));
            }
        }
        return grey;
    }
}
