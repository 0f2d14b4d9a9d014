package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The square around a picture in which the model sees it: the one frame of pixels and of marks (reference-model 3.5).
 *
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 */
public record PaddedSquare(int width, int height, Padding padding) {

    private static final int DECIMALS = 3;

    /** The square of that picture. */
    public static PaddedSquare of(RgbImage picture, Padding padding) {
        return new PaddedSquare(picture.width(), picture.height(), padding);
    }

    /** Side of the square, pixels of the picture. */
    public int side() {
        return Math.max(width, height);
    }

    /** Columns of padding left of the picture. */
    public int padX() {
        return padding == Padding.AROUND ? (side() - width) / 2 : 0;
    }

    /** Rows of padding above the picture. */
    public int padY() {
        return padding == Padding.AROUND ? (side() - height) / 2 : 0;
    }

    /** Where x, in pixels of the picture, lies in the square: a fraction of its side, to three decimals. */
    public double x(double pixel) {
        return fraction(pixel + padX());
    }

    /** Where y, in pixels of the picture, lies in the square: a fraction of its side, to three decimals. */
    public double y(double pixel) {
        return fraction(pixel + padY());
    }

    /** Rounds as Python's {@code round(v, 3)} does: on the exact binary value, half to even. */
    private double fraction(double padded) {
        return new BigDecimal(padded / side())
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
