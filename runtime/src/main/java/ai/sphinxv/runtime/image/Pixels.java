package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.cancel.Cancellation;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;

/** From AWT's many pixel layouts to plain red, green and blue. */
final class Pixels {
    private Pixels() {}

    /** The picture's pixels. */
    static RgbImage of(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0; y < height; y++) {
            Cancellation.current().check();
            readRow(picture, y, rgb, 3 * y * width);
        }
        return new RgbImage(width, height, rgb);
    }

    private static void readRow(BufferedImage picture, int y, byte[] rgb, int at) {
        if (picture.getColorModel() instanceof ComponentColorModel colours) {
            readSamples(picture, y, colours, rgb, at);
            return;
        }
        for (int colour : picture.getRGB(0, y, picture.getWidth(), 1, null, 0, picture.getWidth())) {
            rgb[at++] = (byte) (colour >> 16);
            rgb[at++] = (byte) (colour >> 8);
            rgb[at++] = (byte) colour;
        }
    }

    /** Samples as stored: getRGB would brighten greys, which AWT takes for linear, and convert by colour profile. */
    private static void readSamples(BufferedImage picture, int y, ComponentColorModel colours, byte[] rgb, int at) {
        var raster = picture.getRaster();
        int bands = raster.getNumBands();
        int green = colours.getNumColorComponents() == 3 ? 1 : 0;
        int blue = 2 * green;
        int[] samples = raster.getPixels(0, y, picture.getWidth(), 1, (int[]) null);
        for (int x = 0; x < picture.getWidth(); x++) {
            rgb[at++] = (byte) samples[x * bands];
            rgb[at++] = (byte) samples[x * bands + green];
            rgb[at++] = (byte) samples[x * bands + blue];
        }
    }
}
