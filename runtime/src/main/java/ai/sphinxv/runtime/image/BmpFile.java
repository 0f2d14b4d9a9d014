package ai.sphinxv.runtime.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A Windows bitmap. The pixels are read by ImageIO, which needs as much memory again as they take in the file.
 *
 * @param leastBytes what the rows take, were they not filled up to four bytes
 */
record BmpFile(byte[] file, int width, int height, long leastBytes) implements ImageFile {
    private static final int FILE_HEADER = 14;

    /** Size of the oldest header, whose sides have 16 bits. */
    private static final int CORE_HEADER = 12;

    /** From the fourth version on headers name a colour space, which may be a profile in the file or in another. */
    private static final int HEADER_WITH_COLOURS = 108;

    private static final int COLOUR_SPACE = FILE_HEADER + 56;
    private static final int SRGB = 0x73524742;

    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BIT_FIELDS = 3;

    /** A run of two bytes says so many pixels. */
    private static final int LONGEST_RUN = 255;

    static BmpFile open(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(FILE_HEADER) == CORE_HEADER) {
            return of(file, in.getShort(18), in.getShort(20), in.getShort(24), 0);
        }
        return of(file, in.getInt(18), in.getInt(22), in.getShort(28), in.getInt(30));
    }

    /** @param height negative where the rows are stored from top to bottom */
    private static BmpFile of(byte[] file, int width, int height, int bits, int compression) {
        if (compression < 0 || compression > BIT_FIELDS || bits < 1) { // it may hold a whole JPEG or PNG of any size
            throw new InvalidImageException(
                    "the image is a BMP that is packed in a way that is not read: save it as PNG");
        }
        int rows = height == Integer.MIN_VALUE ? -1 : Math.abs(height);
        long pixels = (long) width * rows;
        long packed = compression == RLE8 || compression == RLE4 ? pixels * 2 / LONGEST_RUN : pixels * bits / Byte.SIZE;
        return new BmpFile(file, width, rows, packed);
    }

    @Override
    public RgbImage pixels() throws IOException, DataFormatException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("bmp").next();
        try (var in = new MemoryCacheImageInputStream(new WantedBytes(withoutProfile()))) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) != width || reader.getHeight(0) != height) {
                throw new DataFormatException("the reader sees another size");
            }
            return Pixels.of(reader.read(0));
        } finally {
            reader.dispose();
        }
    }

    /** Profiles are ignored, and broken ones break nothing. */
    private byte[] withoutProfile() {
        byte[] copy = file.clone();
        var header = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt(FILE_HEADER) >= HEADER_WITH_COLOURS) {
            header.putInt(COLOUR_SPACE, SRGB);
        }
        return copy;
    }
}
