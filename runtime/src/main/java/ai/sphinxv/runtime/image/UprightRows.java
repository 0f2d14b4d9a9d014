package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.cancel.Cancellation;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import javax.imageio.ImageTypeSpecifier;

/**
 * Where ImageIO's JPEG reader puts its rows: a raster that keeps nothing but the upright picture, three bytes a pixel.
 * Samples are taken as stored: AWT would brighten greys, which it takes for linear, and convert by colour profile.
 */
final class UprightRows extends WritableRaster {
    private final ImageTypeSpecifier type;
    private final Orientation turn;
    private final RgbImage picture;
    private int[] samples = {};

    private UprightRows(ImageTypeSpecifier type, int width, int height, Orientation turn) {
        super(type.getSampleModel(width, height), new DataBufferByte(1), new Point());
        this.type = type;
        this.turn = turn;
        picture = turn.transposed()
                ? new RgbImage(height, width, new byte[width * height * 3])
                : new RgbImage(width, height, new byte[width * height * 3]);
    }

    /**
     * For rows of 8-bit samples: grey, red, green and blue, or cyan, magenta, yellow and black.
     *
     * @param width pixels as stored
     * @param height rows as stored
     */
    static UprightRows of(ImageTypeSpecifier type, int width, int height, Orientation turn) {
        return new UprightRows(type, width, height, turn);
    }

    /** What the reader is to write into. */
    BufferedImage destination() {
        return new BufferedImage(type.getColorModel(), this, false, null);
    }

    RgbImage picture() {
        return picture;
    }

    @Override
    public void setRect(int left, int top, Raster rows) {
        Cancellation.current().check();
        for (int row = 0; row < rows.getHeight(); row++) {
            samples = rows.getPixels(rows.getMinX(), rows.getMinY() + row, rows.getWidth(), 1, samples(rows));
            take(left, top + row, rows.getWidth(), rows.getNumBands());
        }
    }

    private int[] samples(Raster rows) {
        int size = rows.getWidth() * rows.getNumBands();
        return samples.length == size ? samples : new int[size];
    }

    private void take(int left, int y, int width, int bands) {
        byte[] rgb = picture.rgb();
        int green = bands >= 3 ? 1 : 0;
        int blue = 2 * green;
        for (int i = 0; i < width; i++) {
            int at = at(left + i, y);
            int from = i * bands;
            int light = bands == 4 ? 255 - samples[from + 3] : -1;
            rgb[at] = level(samples[from], light);
            rgb[at + 1] = level(samples[from + green], light);
            rgb[at + 2] = level(samples[from + blue], light);
        }
    }

    private int at(int x, int y) {
        int column = turn.transposed() ? y : x;
        int line = turn.transposed() ? x : y;
        column = turn.mirrorX() ? picture.width() - 1 - column : column;
        line = turn.mirrorY() ? picture.height() - 1 - line : line;
        return 3 * (line * picture.width() + column);
    }

    /** @param light what black ink leaves of white, 0 to 255; negative where the sample is light and not ink */
    private static byte level(int sample, int light) {
        return (byte) (light < 0 ? sample : ((255 - sample) * light + 127) / 255);
    }
}
