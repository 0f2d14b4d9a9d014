package ai.sphinxv.runtime.image;

/**
 * A decoded picture, upright.
 *
 * @param width pixels
 * @param height pixels
 * @param rgb [height * width * 3] red, green and blue of each pixel, row by row
 */
public record RgbImage(int width, int height, byte[] rgb) {
    public RgbImage {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "a picture needs at least one pixel, got %dx%d".formatted(width, height));
        }
        if (rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
            throw new IllegalArgumentException(
                    "%dx%d pixels need %d bytes, got %d".formatted(width, height, width * height * 3, rgb.length));
        }
    }
}
