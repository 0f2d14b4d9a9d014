package ai.sphinxv.runtime.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;

/** From AWT's many pixel layouts to plain red, green and blue. */
final class Pixels {
    private Pixels() {}

    /** The picture's pixels, turned upright. */
    static RgbImage upright(BufferedImage picture, Orientation turn) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int uprightWidth = turn.transposed() ? height : width;
        int uprightHeight = turn.transposed() ? width : height;
        byte[] rgb = new byte[width * height * 3];
        byte[] row = new byte[width * 3];
        for (int y = 0; y < height; y++) {
            readRow(picture, y, row);
            if (turn.equals(Orientation.UPRIGHT)) {
                System.arraycopy(row, 0, rgb, y * row.length, row.length);
                continue;
            }
            for (int x = 0; x < width; x++) {
                int column = turn.transposed() ? y : x;
                int line = turn.transposed() ? x : y;
                column = turn.mirrorX() ? uprightWidth - 1 - column : column;
                line = turn.mirrorY() ? uprightHeight - 1 - line : line;
                System.arraycopy(row, 3 * x, rgb, 3 * (line * uprightWidth + column), 3);
            }
        }
        return new RgbImage(uprightWidth, uprightHeight, rgb);
    }

    private static void readRow(BufferedImage picture, int y, byte[] row) {
        boolean whole = picture.getRaster().getParent() == null; // a part's rows lie further apart
        if (picture.getType() == BufferedImage.TYPE_3BYTE_BGR && whole) {
            readBlueGreenRed((DataBufferByte) picture.getRaster().getDataBuffer(), y, row);
        } else if (picture.getColorModel() instanceof ComponentColorModel colours) {
            readSamples(picture, y, colours, row);
        } else {
            int[] packed = picture.getRGB(0, y, picture.getWidth(), 1, null, 0, picture.getWidth());
            for (int x = 0; x < packed.length; x++) {
                row[3 * x] = (byte) (packed[x] >> 16);
                row[3 * x + 1] = (byte) (packed[x] >> 8);
                row[3 * x + 2] = (byte) packed[x];
            }
        }
    }

    /** What every photograph comes in: no detour by numbers of 32 bits. */
    private static void readBlueGreenRed(DataBufferByte pixels, int y, byte[] row) {
        byte[] all = pixels.getData();
        int from = y * row.length;
        for (int i = 0; i < row.length; i += 3) {
            row[i] = all[from + i + 2];
            row[i + 1] = all[from + i + 1];
            row[i + 2] = all[from + i];
        }
    }

    /** Samples as stored: getRGB would brighten greys, which AWT takes for linear, and convert by colour profile. */
    private static void readSamples(BufferedImage picture, int y, ComponentColorModel colours, byte[] row) {
        var raster = picture.getRaster();
        int bands = raster.getNumBands();
        int shift = colours.getComponentSize(0) - Byte.SIZE;
        int green = colours.getNumColorComponents() == 3 ? 1 : 0;
        int blue = 2 * green;
        int[] samples = raster.getPixels(0, y, picture.getWidth(), 1, (int[]) null);
        for (int x = 0; x < picture.getWidth(); x++) {
            row[3 * x] = (byte) (samples[x * bands] >> shift);
            row[3 * x + 1] = (byte) (samples[x * bands + green] >> shift);
            row[3 * x + 2] = (byte) (samples[x * bands + blue] >> shift);
        }
    }
}
