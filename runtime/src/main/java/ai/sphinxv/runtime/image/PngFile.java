package ai.sphinxv.runtime.image;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/**
 * A PNG. Of its chunks only the header, the palette and the pixels are read; all others (texts, profiles, further frames)
 * are passed over, whatever they would unpack to.
 *
 * @param depth bits of a sample: 1, 2, 4, 8 or 16
 */
record PngFile(ByteBuffer file, int width, int height, int depth, Colour colour, boolean interlaced)
        implements ImageFile {
    private static final int SIGNATURE = 8;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504c5445;
    private static final int IDAT = 0x49444154;

    /** A chunk begins with its length and type. */
    private static final int BEFORE = 8;

    private static final int CRC = 4;

    /** Deflate packs 258 bytes into two bits at the best. */
    private static final int MOST_PACKED = 1032;

    /** What a pixel consists of. */
    enum Colour {
        GREY(1),
        RGB(3),
        INDEX(1),
        GREY_ALPHA(2),
        RGB_ALPHA(4);

        final int samples;

        Colour(int samples) {
            this.samples = samples;
        }

        private static Colour of(int type) {
            return switch (type) {
                case 0 -> GREY;
                case 2 -> RGB;
                case 3 -> INDEX;
                case 4 -> GREY_ALPHA;
                case 6 -> RGB_ALPHA;
                default -> throw new IllegalArgumentException("colour type");
            };
        }

        private boolean allows(int depth) {
            return switch (this) {
                case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                case INDEX -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
            };
        }
    }

    static PngFile open(byte[] bytes) {
        var file = ByteBuffer.wrap(bytes);
        int header = SIGNATURE + BEFORE;
        Colour colour = Colour.of(file.get(header + 9));
        int depth = file.get(header + 8);
        int interlace = file.get(header + 12);
        if (file.getInt(SIGNATURE) != 13
                || file.getInt(SIGNATURE + 4) != IHDR
                || !colour.allows(depth)
                || file.getShort(header + 10) != 0 // packed and filtered in the one known way
                || (interlace != 0 && interlace != 1)) {
            throw new IllegalArgumentException("header");
        }
        requireWhole(file, SIGNATURE);
        return new PngFile(file, file.getInt(header), file.getInt(header + 4), depth, colour, interlace == 1);
    }

    /** Bits of a pixel. */
    int bits() {
        return colour.samples * depth;
    }

    @Override
    public long leastBytes() {
        return (long) width * height * bits() / Byte.SIZE / MOST_PACKED;
    }

    @Override
    public RgbImage pixels() throws DataFormatException {
        byte[] palette = new byte[256 * 3];
        boolean complete = colour != Colour.INDEX;
        int chunk = after(file, SIGNATURE);
        for (; !isData(file, chunk); chunk = after(file, chunk)) {
            if (file.getInt(chunk + 4) == PLTE) {
                ByteBuffer colours = data(file, chunk);
                colours.get(palette, 0, Math.min(palette.length, colours.remaining()));
                complete = true;
            }
        }
        if (!complete) {
            throw new DataFormatException("no palette");
        }
        try (var rows = new PngRows(file, chunk, Math.max(1, bits() / Byte.SIZE))) {
            return new PngPixels(this, palette).paint(rows);
        }
    }

    /** Whether the chunk holds pixels. */
    static boolean isData(ByteBuffer file, int chunk) {
        return file.getInt(chunk + 4) == IDAT;
    }

    /** What the chunk holds, once its check sum is right. */
    static ByteBuffer data(ByteBuffer file, int chunk) {
        requireWhole(file, chunk);
        return file.slice(chunk + BEFORE, file.getInt(chunk));
    }

    /** Where the chunk after this one begins. */
    static int after(ByteBuffer file, int chunk) {
        int length = file.getInt(chunk);
        if (length < 0 || length > file.limit() - chunk - BEFORE - CRC) {
            throw new IllegalArgumentException("chunk length");
        }
        return chunk + BEFORE + length + CRC;
    }

    private static void requireWhole(ByteBuffer file, int chunk) {
        int end = after(file, chunk) - CRC;
        var sum = new CRC32();
        sum.update(file.slice(chunk + 4, end - chunk - 4)); // type and data
        if ((int) sum.getValue() != file.getInt(end)) {
            throw new IllegalArgumentException("check sum");
        }
    }
}
