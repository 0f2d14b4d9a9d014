package ai.sphinxv.runtime.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;

/** Whole pictures, written by ImageIO. */
final class Pictures {
    private Pictures() {}

    /** Noise that is the same each time. */
    static BufferedImage noise(int width, int height, int type) {
        return filled(new BufferedImage(width, height, type));
    }

    /** Noise of some other layout. */
    static BufferedImage noise(int width, int height, ImageTypeSpecifier type) {
        return filled(type.createBufferedImage(width, height));
    }

    static byte[] png(int width, int height) {
        return file(noise(width, height, BufferedImage.TYPE_3BYTE_BGR), "png", false);
    }

    static byte[] jpeg(int width, int height) {
        return file(noise(width, height, BufferedImage.TYPE_3BYTE_BGR), "jpeg", false);
    }

    static byte[] gif(int width, int height) {
        return file(noise(width, height, BufferedImage.TYPE_BYTE_INDEXED), "gif", false);
    }

    static byte[] bmp(int width, int height) {
        return file(noise(width, height, BufferedImage.TYPE_3BYTE_BGR), "bmp", false);
    }

    /** @param inPasses interlaced, or a progressive JPEG */
    static byte[] file(BufferedImage picture, String format, boolean inPasses) {
        return file(new IIOImage(picture, null, null), format, inPasses);
    }

    static byte[] file(IIOImage picture, String format, boolean inPasses) {
        var writer = ImageIO.getImageWritersByFormatName(format).next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            var param = writer.getDefaultWriteParam();
            if (param.canWriteProgressive()) {
                param.setProgressiveMode(inPasses ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            }
            writer.setOutput(out);
            writer.write(null, picture, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage filled(BufferedImage picture) {
        var random = new Random(picture.getWidth() * 31L + picture.getHeight());
        var raster = picture.getRaster();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                for (int band = 0; band < raster.getNumBands(); band++) {
                    int bits = raster.getSampleModel().getSampleSize(band);
                    raster.setSample(x, y, band, random.nextInt(1 << bits));
                }
            }
        }
        return picture;
    }
}
