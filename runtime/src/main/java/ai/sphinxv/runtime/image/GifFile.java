package ai.sphinxv.runtime.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * A GIF: a canvas and, somewhere on it, its first frame. The canvas is as wide and high as the file says, and wider or
 * higher where the frame would not fit, as browsers have it. Further frames are not looked at.
 *
 * @param frame where the first frame lies on the canvas
 * @param colours [256 * 3] red, green and blue of each index; black beyond the file's table
 * @param ground index of what the frame leaves uncovered
 * @param data where its packed pixels begin in the file
 */
record GifFile(byte[] file, int width, int height, Frame frame, byte[] colours, int ground, int data)
        implements ImageFile {
    private static final int HEADER = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xf9;
    private static final int IMAGE = 0x2c;
    private static final int HAS_TABLE = 0x80;
    private static final int INTERLACED = 0x40;

    /** A code of twelve bits stands for at most 4096 pixels: 8192 in three bytes. */
    private static final int MOST_PIXELS = 8192 / 3;

    private static final int[] FIRST_ROW = {0, 4, 2, 1};
    private static final int[] ROW_STEP = {8, 8, 4, 2};

    /** In pixels of the canvas. */
    record Frame(int left, int top, int width, int height, boolean interlaced) {}

    static GifFile open(byte[] file) {
        var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int screenWidth = Short.toUnsignedInt(in.getShort(6));
        int screenHeight = Short.toUnsignedInt(in.getShort(8));
        int flags = in.get(10);
        in.position(HEADER);
        byte[] colours = colours(in, flags);
        int ground = 0;
        for (int block = in.get(); block != IMAGE; block = in.get()) {
            if (block != EXTENSION) {
                throw new InvalidImageException("the image is damaged: its GIF has no frame");
            }
            if (Byte.toUnsignedInt(in.get()) == GRAPHIC_CONTROL && (in.get(in.position() + 1) & 1) == 1) {
                ground = Byte.toUnsignedInt(in.get(in.position() + 4)); // what is left out is transparent
            }
            skipBlocks(in);
        }
        return ofFrame(in, screenWidth, screenHeight, colours, (flags & HAS_TABLE) != 0, ground);
    }

    private static GifFile ofFrame(
            ByteBuffer in, int screenWidth, int screenHeight, byte[] colours, boolean hasColours, int ground) {
        int left = Short.toUnsignedInt(in.getShort());
        int top = Short.toUnsignedInt(in.getShort());
        int width = Short.toUnsignedInt(in.getShort());
        int height = Short.toUnsignedInt(in.getShort());
        int flags = in.get();
        if (width == 0 || height == 0) {
            throw new InvalidImageException(
                    "the image is damaged: its first frame says it has %dx%d pixels".formatted(width, height));
        }
        boolean own = (flags & HAS_TABLE) != 0;
        if (!own && !hasColours) {
            throw new InvalidImageException("the image is damaged: its GIF has no colours");
        }
        return new GifFile(
                in.array(),
                Math.max(screenWidth, left + width),
                Math.max(screenHeight, top + height),
                new Frame(left, top, width, height, (flags & INTERLACED) != 0),
                own ? colours(in, flags) : colours,
                ground,
                in.position());
    }

    private static byte[] colours(ByteBuffer in, int flags) {
        byte[] colours = new byte[256 * 3];
        if ((flags & HAS_TABLE) != 0) {
            in.get(colours, 0, 3 << ((flags & 7) + 1));
        }
        return colours;
    }

    private static void skipBlocks(ByteBuffer in) {
        for (int length = in.get(); length != 0; length = in.get()) {
            in.position(in.position() + Byte.toUnsignedInt((byte) length));
        }
    }

    @Override
    public long leastBytes() {
        return (long) frame.width * frame.height / MOST_PIXELS;
    }

    @Override
    public RgbImage pixels() throws DataFormatException {
        byte[] indexes = GifCodes.unpack(file, data, frame.width * frame.height);
        byte[] rgb = new byte[width * height * 3];
        fill(rgb);
        if (frame.interlaced) {
            int from = 0;
            for (int pass = 0; pass < FIRST_ROW.length; pass++) {
                for (int row = FIRST_ROW[pass]; row < frame.height; row += ROW_STEP[pass]) {
                    paint(indexes, from++, row, rgb);
                }
            }
        } else {
            for (int row = 0; row < frame.height; row++) {
                paint(indexes, row, row, rgb);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    private void fill(byte[] rgb) {
        byte[] colour = Arrays.copyOfRange(colours, 3 * ground, 3 * ground + 3);
        boolean covered = frame.width == width && frame.height == height;
        if (!covered && !Arrays.equals(colour, new byte[3])) {
            for (int at = 0; at < rgb.length; at += 3) {
                System.arraycopy(colour, 0, rgb, at, 3);
            }
        }
    }

    /** Puts one row, which comes as number {@code from} in the file, where it belongs. */
    private void paint(byte[] indexes, int from, int row, byte[] rgb) {
        int at = 3 * ((frame.top + row) * width + frame.left);
        for (int x = 0; x < frame.width; x++) {
            int colour = 3 * Byte.toUnsignedInt(indexes[from * frame.width + x]);
            rgb[at++] = colours[colour];
            rgb[at++] = colours[colour + 1];
            rgb[at++] = colours[colour + 2];
        }
    }
}
