package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.cancel.Cancellation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * PIL's bicubic resize of a padded picture, bit for bit: rows first, then columns, with 8-bit values between the two.
 * The padding is never laid out in memory; where a filter sees nothing else, the result is the fill.
 */
final class SquareResize {
    /** Parts that threads take one by one. */
    private static final int BANDS = 16;

    private SquareResize() {}

    /** [size * size * 3] the padded square at that size. */
    static byte[] resize(RgbImage picture, PaddedSquare square, int size, List<Integer> fill) {
        byte[] colour = {
            fill.get(0).byteValue(), fill.get(1).byteValue(), fill.get(2).byteValue()
        };
        var taps = BicubicTaps.of(square.side(), size);
        byte[] rows = resizeRows(picture, square, taps, colour);
        return resizeColumns(rows, square, taps, colour);
    }

    /** [height of the picture * size * 3] */
    private static byte[] resizeRows(RgbImage picture, PaddedSquare square, BicubicTaps taps, byte[] colour) {
        int size = taps.size();
        int left = square.padX();
        int right = left + picture.width();
        byte[] rows = filled(picture.height() * size, colour);
        inBands(picture.height(), (from, to) -> {
            byte[] line = filled(square.side(), colour);
            for (int y = from; y < to; y++) {
                System.arraycopy(picture.rgb(), y * picture.width() * 3, line, left * 3, picture.width() * 3);
                for (int x = 0; x < size; x++) {
                    if (taps.touch(x, left, right)) {
                        taps.weigh(x, line, 3 * taps.first(x), rows, 3 * (y * size + x));
                    }
                }
            }
        });
        return rows;
    }

    /** [size * size * 3] */
    private static byte[] resizeColumns(byte[] rows, PaddedSquare square, BicubicTaps taps, byte[] colour) {
        int size = taps.size();
        int top = square.padY();
        int bottom = top + square.height();
        byte[] result = filled(size * size, colour);
        byte[] padding = filled(size, colour);
        inBands(size, (from, to) -> {
            int[] sums = new int[3 * size];
            for (int y = from; y < to; y++) {
                if (!taps.touch(y, top, bottom)) {
                    continue;
                }
                Arrays.fill(sums, BicubicTaps.HALF);
                for (int tap = 0; tap < taps.count(y); tap++) {
                    int row = taps.first(y) + tap;
                    boolean inPicture = top <= row && row < bottom;
                    add(inPicture ? rows : padding, inPicture ? 3 * (row - top) * size : 0, taps.weight(y, tap), sums);
                }
                for (int i = 0; i < sums.length; i++) {
                    result[3 * y * size + i] = BicubicTaps.level(sums[i]);
                }
            }
        });
        return result;
    }

    /** A line at a time, which the compiler makes vector instructions of. */
    private static void add(byte[] lines, int at, int weight, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (lines[at + i] & 0xff) * weight;
        }
    }

    private interface Band {
        void rows(int from, int to);
    }

    /** All rows, on as many threads as there are. */
    private static void inBands(int rows, Band band) {
        var cancellation = Cancellation.current();
        IntStream.range(0, BANDS).parallel().forEach(i -> {
            if (!cancellation.isCancelled()) {
                band.rows(rows * i / BANDS, rows * (i + 1) / BANDS);
            }
        });
        cancellation.check();
    }

    private static byte[] filled(int pixels, byte[] colour) {
        byte[] bytes = new byte[pixels * 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = colour[i % 3];
        }
        return bytes;
    }
}
