package ai.sphinxv.runtime.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A JPEG. Its segments are walked here; the pixels are read by ImageIO, row by row into their place in the upright
 * picture, so that there are no more than one copy of them. In print colours (CMYK) it is read as RGB.
 *
 * @param leastBytes one bit for each block of 8x8 samples
 */
record JpegFile(byte[] file, int width, int height, long leastBytes, Orientation orientation, int scans)
        implements ImageFile {

    /**
     * Scans of one file that are read; a usual progressive file has ten. Each goes over the whole picture again, even
     * where it takes a few bytes only.
     */
    private static final int MAX_SCANS = 100;

    /** Pixels that all scans may go over: some ten seconds. */
    private static final long MAX_SCANNED = 15 * ImageDecoder.MAX_PIXELS;

    static JpegFile open(byte[] uploaded) {
        byte[] file = uploaded.clone();
        var segments = new JpegSegments(ByteBuffer.wrap(file));
        segments.walk();
        ByteBuffer frame = segments.frame();
        int bits = frame.get(0);
        if (bits != Byte.SIZE) {
            throw new InvalidImageException(
                    "the image is a JPEG of %d bits a colour, only 8 are read: save it again".formatted(bits));
        }
        int width = Short.toUnsignedInt(frame.getShort(3));
        int height = Short.toUnsignedInt(frame.getShort(1));
        return new JpegFile(
                file, width, height, leastBytes(frame, width, height), segments.orientation(), segments.scans());
    }

    /** Each block has one bit at the least in each file that is complete. */
    private static long leastBytes(ByteBuffer frame, int width, int height) {
        int mostX = 1;
        int mostY = 1;
        int blocks = 0;
        for (int component = 0; component < frame.get(5); component++) {
            int sampling = Byte.toUnsignedInt(frame.get(7 + 3 * component));
            mostX = Math.max(mostX, sampling >> 4);
            mostY = Math.max(mostY, sampling & 15);
            blocks += (sampling >> 4) * (sampling & 15);
        }
        return (long) width * height * blocks / (64L * mostX * mostY) / Byte.SIZE;
    }

    @Override
    public RgbImage pixels() throws IOException, DataFormatException {
        if (scans > MAX_SCANS || (long) width * height * scans > MAX_SCANNED) {
            throw new InvalidImageException("the image is a JPEG of %dx%d pixels in %d scans, too many: save it again"
                    .formatted(width, height, scans));
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        boolean[] cut = {false};
        reader.addIIOReadWarningListener((source, warning) -> cut[0] |= warning.contains("premature end"));
        try (var in = new MemoryCacheImageInputStream(new WantedBytes(file))) {
            reader.setInput(in, true, true); // metadata is skipped
            if (reader.getWidth(0) != width || reader.getHeight(0) != height) {
                throw new DataFormatException("the reader sees another size");
            }
            var upright = UprightRows.of(reader.getImageTypes(0).next(), width, height, orientation);
            var param = reader.getDefaultReadParam();
            param.setDestination(upright.destination());
            reader.read(0, param);
            if (cut[0]) {
                throw new InvalidImageException(
                        "the image is cut off: its JPEG data end before its %dx%d pixels do".formatted(width, height));
            }
            return upright.picture();
        } finally {
            reader.dispose();
        }
    }
}
