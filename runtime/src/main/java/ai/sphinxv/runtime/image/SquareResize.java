package ai.sphinxv.runtime.image;

import java.util.List;

/**
 * PIL's bicubic resize of a padded picture, bit for bit: rows first, then columns, with 8-bit values between the two.
 * The padding is never laid out in memory; where a filter sees nothing else, the result is the fill.
 */
final class SquareResize {
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
        byte[] line = filled(square.side(), colour);
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.rgb(), y * picture.width() * 3, line, left * 3, picture.width() * 3);
            for (int x = 0; x < size; x++) {
                if (taps.touch(x, left, right)) {
                    taps.weigh(x, line, 3 * taps.first(x), rows, 3 * (y * size + x));
                }
            }
        }
        return rows;
    }

    /** [size * size * 3] */
    private static byte[] resizeColumns(byte[] rows, PaddedSquare square, BicubicTaps taps, byte[] colour) {
        int size = taps.size();
        int top = square.padY();
        int bottom = top + square.height();
        byte[] result = filled(size * size, colour);
        byte[] column = new byte[3 * taps.most()];
        for (int y = 0; y < size; y++) {
            if (!taps.touch(y, top, bottom)) {
                continue;
            }
            for (int x = 0; x < size; x++) {
                for (int tap = 0; tap < taps.count(y); tap++) {
                    int row = taps.first(y) + tap;
                    boolean picture = top <= row && row < bottom;
                    byte[] from = picture ? rows : colour;
                    int at = picture ? 3 * ((row - top) * size + x) : 0;
                    column[3 * tap] = from[at];
                    column[3 * tap + 1] = from[at + 1];
                    column[3 * tap + 2] = from[at + 2];
                }
                taps.weigh(y, column, 0, result, 3 * (y * size + x));
            }
        }
        return result;
    }

    private static byte[] filled(int pixels, byte[] colour) {
        byte[] bytes = new byte[pixels * 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = colour[i % 3];
        }
        return bytes;
    }
}
