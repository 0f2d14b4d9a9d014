package ai.sphinxv.runtime.image;

import java.util.zip.DataFormatException;

/**
 * The picture of a PNG, painted row by row. Of sixteen bits the upper eight are kept; transparency is dropped.
 *
 * @param palette [256 * 3] red, green and blue of each index
 * @param rgb [height * width * 3] what is painted
 */
record PngPixels(PngFile file, byte[] palette, byte[] rgb) {

    PngPixels(PngFile file, byte[] palette) {
        this(file, palette, new byte[file.width() * file.height() * 3]);
    }

    RgbImage paint(PngRows rows) throws DataFormatException {
        if (file.interlaced()) {
            paint(rows, 0, 0, 8, 8);
            paint(rows, 4, 0, 8, 8);
            paint(rows, 0, 4, 4, 8);
            paint(rows, 2, 0, 4, 4);
            paint(rows, 0, 2, 2, 4);
            paint(rows, 1, 0, 2, 2);
            paint(rows, 0, 1, 1, 2);
        } else {
            paint(rows, 0, 0, 1, 1);
        }
        return new RgbImage(file.width(), file.height(), rgb);
    }

    /** One pass: of every {@code stepY}th row every {@code stepX}th pixel. */
    private void paint(PngRows rows, int left, int top, int stepX, int stepY) throws DataFormatException {
        int pixels = (file.width() - left + stepX - 1) / stepX;
        if (pixels < 1) {
            return; // such a pass has no rows at all
        }
        rows.begin((pixels * file.bits() + Byte.SIZE - 1) / Byte.SIZE);
        for (int y = top; y < file.height(); y += stepY) {
            paint(rows.next(), pixels, 3 * (y * file.width() + left), 3 * stepX);
        }
    }

    private void paint(byte[] row, int pixels, int at, int step) {
        int bytes = Math.max(1, file.depth() / Byte.SIZE);
        int pixelBytes = file.colour().samples * bytes;
        for (int x = 0; x < pixels; x++, at += step) {
            switch (file.colour()) {
                case INDEX -> System.arraycopy(palette, 3 * bits(row, x), rgb, at, 3);
                case GREY, GREY_ALPHA -> {
                    byte level = file.depth() < Byte.SIZE
                            ? (byte) (bits(row, x) * 255 / ((1 << file.depth()) - 1))
                            : row[x * pixelBytes];
                    rgb[at] = level;
                    rgb[at + 1] = level;
                    rgb[at + 2] = level;
                }
                case RGB, RGB_ALPHA -> {
                    rgb[at] = row[x * pixelBytes];
                    rgb[at + 1] = row[x * pixelBytes + bytes];
                    rgb[at + 2] = row[x * pixelBytes + 2 * bytes];
                }
            }
        }
    }

    /** A sample of at most eight bits. */
    private int bits(byte[] row, int x) {
        int first = x * file.depth();
        int below = Byte.SIZE - file.depth() - first % Byte.SIZE;
        return row[first / Byte.SIZE] >> below & ((1 << file.depth()) - 1);
    }
}
