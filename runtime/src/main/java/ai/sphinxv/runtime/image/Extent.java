package ai.sphinxv.runtime.image;

/**
 * The part of a picture that a mark covers, in pixels of the uploaded picture; fractions and places outside the picture
 * are fine. It is at least one pixel wide and high: less is widened about its middle, so that there is always something
 * to cut.
 *
 * @param x1 left edge
 * @param y1 upper edge
 * @param x2 right edge
 * @param y2 lower edge
 */
public record Extent(double x1, double y1, double x2, double y2) {
    private static final double MOST_SLIM = 6;
    private static final double LEAST_SHARE = 1.0 / 12;

    public Extent {
        double growX = Math.max(0, 1 - (x2 - x1)) / 2;
        double growY = Math.max(0, 1 - (y2 - y1)) / 2;
        x1 -= growX;
        x2 += growX;
        y1 -= growY;
        y2 += growY;
    }

    /** What a point means: a square around it whose side is a twelfth of the picture's longer side. */
    public static Extent around(double x, double y, RgbImage picture) {
        double half = least(picture) / 2;
        return new Extent(x - half, y - half, x + half, y + half);
    }

    public double width() {
        return x2 - x1;
    }

    public double height() {
        return y2 - y1;
    }

    /** Its beginning: of a line of words more than six times as wide as high, or as high as wide, only so much. */
    Extent start() {
        return new Extent(x1, y1, Math.min(x2, x1 + MOST_SLIM * height()), Math.min(y2, y1 + MOST_SLIM * width()));
    }

    /** Twice as wide and high about its middle, but at least a twelfth of the picture's longer side each way. */
    Extent withSurroundings(RgbImage picture) {
        double growX = Math.max(width(), least(picture) - width()) / 2;
        double growY = Math.max(height(), least(picture) - height()) / 2;
        return new Extent(x1 - growX, y1 - growY, x2 + growX, y2 + growY);
    }

    private static double least(RgbImage picture) {
        return LEAST_SHARE * Math.max(picture.width(), picture.height());
    }
}
