package ai.sphinxv.runtime.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the segments of a JPEG say, from its begin to its end; packed pixels are passed over. Colour profiles become
 * comments: ImageIO would convert by them, in native code, and refuse the picture where they are broken.
 */
final class JpegSegments {
    private static final int START_OF_FRAME = 0xc0;
    private static final int HUFFMAN_TABLES = 0xc4;
    private static final int EXTENSION = 0xc8;
    private static final int ARITHMETIC_CONDITIONS = 0xcc;
    private static final int LAST_FRAME = 0xcf;
    private static final int FIRST_RESTART = 0xd0;
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int EXIF = 0xe1;
    private static final int PROFILE = 0xe2;
    private static final byte COMMENT = (byte) 0xfe;
    private static final int TEMPORARY = 0x01;
    private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(ISO_8859_1);

    private final ByteBuffer file;
    private @Nullable ByteBuffer frame;
    private @Nullable Orientation orientation;
    private int scans;

    /** @param file is changed, see above */
    JpegSegments(ByteBuffer file) {
        this.file = file;
    }

    void walk() {
        for (int marker = nextMarker(); marker != END; marker = nextMarker()) {
            if (marker >= FIRST_RESTART && marker <= START || marker == TEMPORARY) {
                continue; // which stand alone
            }
            if (marker == PROFILE) {
                file.put(file.position() - 1, COMMENT);
            }
            int length = Short.toUnsignedInt(file.getShort()) - 2;
            if (length < 0 || length > file.remaining()) {
                throw new IllegalArgumentException("segment length");
            }
            take(marker, file.slice(file.position(), length));
            file.position(file.position() + length);
        }
    }

    /** Of the frame: bits, height, width, components. */
    ByteBuffer frame() {
        if (frame == null) {
            throw new IllegalArgumentException("no frame");
        }
        return frame;
    }

    Orientation orientation() {
        return orientation == null ? Orientation.UPRIGHT : orientation;
    }

    int scans() {
        return scans;
    }

    private void take(int marker, ByteBuffer segment) {
        if (marker == START_OF_SCAN) {
            scans++;
        } else if (marker == EXIF) {
            takeExif(segment);
        } else if (marker >= START_OF_FRAME
                && marker <= LAST_FRAME
                && marker != HUFFMAN_TABLES
                && marker != EXTENSION
                && marker != ARITHMETIC_CONDITIONS) {
            takeFrame(marker, segment);
        }
    }

    private void takeFrame(int marker, ByteBuffer segment) {
        if (marker > START_OF_FRAME + 2) {
            throw new InvalidImageException(
                    "the image is a JPEG of a rare kind (lossless, hierarchical or arithmetic): save it again");
        }
        if (frame == null) {
            frame = segment;
        }
    }

    private void takeExif(ByteBuffer segment) {
        byte[] name = new byte[EXIF_NAME.length];
        if (orientation == null && scans == 0 && segment.remaining() > name.length) {
            segment.get(name);
            if (Arrays.equals(name, EXIF_NAME)) {
                orientation = Orientation.ofTiff(segment);
            }
        }
    }

    /** The next marker, or the end where there is none. Packed pixels have zeros after each 0xff, so are no markers. */
    private int nextMarker() {
        while (file.hasRemaining()) {
            if (file.get() != -1) {
                continue;
            }
            int marker = 0xff;
            while (marker == 0xff && file.hasRemaining()) {
                marker = Byte.toUnsignedInt(file.get());
            }
            if (marker != 0 && marker != 0xff) {
                return marker;
            }
        }
        return END;
    }
}
