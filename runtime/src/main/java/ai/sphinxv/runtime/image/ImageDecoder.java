package ai.sphinxv.runtime.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * From an uploaded file to upright pixels. Reads JPEG, PNG, GIF (its first frame) and BMP. Transparency is dropped and
 * colour profiles are ignored, as in the published preprocessing; a JPEG's EXIF orientation is applied, because people
 * mark what they see.
 */
public final class ImageDecoder {

    /** Longest side that is read, pixels. */
    public static final int MAX_SIDE = 30_000;

    /** Most pixels that are read. */
    public static final long MAX_PIXELS = 64_000_000;

    private static final Map<String, String> NAMES = Map.of("jpeg", "JPEG", "png", "PNG", "gif", "GIF", "bmp", "BMP");

    private ImageDecoder() {}

    /**
     * The picture in that file.
     *
     * @throws InvalidImageException if there is none, or it is too large; the size is known before any pixel is decoded
     */
    public static RgbImage decode(byte[] file) {
        if (file.length == 0) {
            throw new InvalidImageException("the image is empty: 0 bytes");
        }
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = readerOf(stream);
            if (reader == null) {
                throw new InvalidImageException("the image is not a JPEG, PNG, GIF or BMP file");
            }
            try {
                reader.setInput(stream, true, true); // metadata is skipped: a text chunk may inflate without end
                return read(reader, file);
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            throw new InvalidImageException("the image is damaged: it cannot be read");
        }
    }

    private static RgbImage read(ImageReader reader, byte[] file) throws IOException {
        String format = format(reader);
        BufferedImage picture;
        try {
            requireSize(reader.getWidth(0), reader.getHeight(0));
            picture = reader.read(0);
        } catch (InvalidImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // ImageIO's readers throw nearly anything on broken files
            throw new InvalidImageException(
                    isCmyk(e)
                            ? "the image is a JPEG in print colours (CMYK): save it as RGB"
                            : "the image is damaged: its %s data cannot be decoded".formatted(NAMES.get(format)));
        }
        return Pixels.upright(picture, format.equals("jpeg") ? Orientation.ofJpeg(file) : Orientation.UPRIGHT);
    }

    private static @Nullable ImageReader readerOf(ImageInputStream stream) {
        var readers = ImageIO.getImageReaders(stream);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (NAMES.containsKey(format(reader))) {
                return reader;
            }
        }
        return null;
    }

    private static String format(ImageReader reader) {
        try {
            return reader.getFormatName().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static void requireSize(int width, int height) {
        if (width < 1 || height < 1) {
            throw new InvalidImageException(
                    "the image is damaged: it says it has %dx%d pixels".formatted(width, height));
        }
        if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
            throw new InvalidImageException("the image has %dx%d pixels; at most %d on a side and %d in all are read"
                    .formatted(width, height, MAX_SIDE, MAX_PIXELS));
        }
    }

    /** The JDK's JPEG reader knows grey, YCbCr and RGB only and says no more than this of others. */
    private static boolean isCmyk(Exception e) {
        return "Unsupported Image Type".equals(e.getMessage());
    }
}
