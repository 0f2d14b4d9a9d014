package ai.sphinxv.runtime.image;

/**
 * A rectangle cut from a picture and stretched to a size with PIL's bicubic filter, which smooths when it shrinks. Where
 * the rectangle reaches over the picture, the picture's edge is repeated.
 *
 * @param x1 left edge, pixels of the picture; fractions and places outside are fine
 * @param y1 upper edge
 * @param x2 right edge
 * @param y2 lower edge
 * @param width of the result, pixels
 * @param height of the result, pixels
 */
public record RegionCrop(double x1, double y1, double x2, double y2, int width, int height) {

    public RegionCrop {
        if (!Double.isFinite(x2 - x1) || !Double.isFinite(y2 - y1) || x2 <= x1 || y2 <= y1) {
            throw new IllegalArgumentException(
                    "a region needs finite x1 < x2 and y1 < y2, got (%s, %s, %s, %s)".formatted(x1, y1, x2, y2));
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a crop needs at least one pixel, got %dx%d".formatted(width, height));
        }
    }

    /** The crop as a picture. */
    public RgbImage of(RgbImage picture) {
        return new RgbImage(width, height, resize(picture));
    }

    /**
     * The crop as a network reads it: [3, height, width] in {@code target}, from place {@code at} on.
     *
     * @param scale what each level of red, green and blue becomes
     */
    public void into(RgbImage picture, ColourScale scale, float[] target, int at) {
        byte[] rgb = resize(picture);
        int plane = width * height;
        for (int i = 0; i < plane; i++) {
            target[at + i] = scale.red(rgb[3 * i]);
            target[at + plane + i] = scale.green(rgb[3 * i + 1]);
            target[at + 2 * plane + i] = scale.blue(rgb[3 * i + 2]);
        }
    }

    /** Rows first, of those source lines only that some result line needs; then columns. */
    private byte[] resize(RgbImage picture) {
        var across = BicubicTaps.of(x1, x2, picture.width(), width);
        var down = BicubicTaps.of(y1, y2, picture.height(), height);
        int top = down.first(0);
        int bottom = down.first(height - 1) + down.count(height - 1);
        byte[] rows = new byte[(bottom - top) * width * 3];
        for (int y = top; y < bottom; y++) {
            int line = y * picture.width();
            for (int x = 0; x < width; x++) {
                across.weigh(x, picture.rgb(), 3 * (line + across.first(x)), rows, 3 * ((y - top) * width + x));
            }
        }
        byte[] result = new byte[height * width * 3];
        for (int y = 0; y < height; y++) {
            int line = (down.first(y) - top) * width;
            for (int x = 0; x < width; x++) {
                down.weigh(y, rows, 3 * (line + x), 3 * width, result, 3 * (y * width + x));
            }
        }
        return result;
    }
}
