package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.cancel.Cancellation;
import java.util.zip.DataFormatException;

/**
 * The packed pixels of a GIF's frame (LZW, in blocks of up to 255 bytes). Ends with the frame's last pixel, whatever
 * follows: a few bytes can go on for thousands of pixels, and clear the table as often as they like, at no cost here.
 */
final class GifCodes {
    private static final int MOST_CODES = 4096;

    private final byte[] file;
    private int at;
    private int blockEnd;
    private int buffer;
    private int buffered;

    private final char[] before = new char[MOST_CODES];
    private final byte[] last = new byte[MOST_CODES];
    private final byte[] first = new byte[MOST_CODES];
    private final char[] length = new char[MOST_CODES];

    private GifCodes(byte[] file, int at) {
        this.file = file;
        this.at = at;
        this.blockEnd = at;
    }

    /**
     * The frame's pixels in the file's order.
     *
     * @param at where the code size lies in the file
     * @return [pixels] colour indexes
     * @throws DataFormatException if there are fewer, or a code that means nothing
     */
    static byte[] unpack(byte[] file, int at, int pixels) throws DataFormatException {
        int bits = file[at];
        if (bits < 1 || bits > 8) {
            throw new DataFormatException("code size");
        }
        return new GifCodes(file, at + 1).unpack(bits, new byte[pixels]);
    }

    private byte[] unpack(int bits, byte[] pixels) throws DataFormatException {
        int clear = 1 << bits;
        int end = clear + 1;
        for (int i = 0; i < clear; i++) {
            last[i] = (byte) i;
            first[i] = (byte) i;
            length[i] = 1;
        }
        int size = bits + 1;
        int next = clear + 2;
        int previous = -1;
        int done = 0;
        while (done < pixels.length) {
            int code = code(size);
            if (code == clear) {
                size = bits + 1;
                next = clear + 2;
                previous = -1;
                continue;
            }
            if (code == end || code > next || (code == next && previous < 0)) {
                throw new DataFormatException("code");
            }
            if (previous >= 0 && next < MOST_CODES) {
                add(next++, previous, code);
                if (next == 1 << size && size < 12) {
                    size++;
                }
            }
            done = write(code, pixels, done);
            previous = code;
        }
        return pixels;
    }

    /** The new string is the previous one and the first pixel of this one, which may be the new one itself. */
    private void add(int code, int previous, int current) {
        before[code] = (char) previous;
        first[code] = first[previous];
        length[code] = (char) (length[previous] + 1);
        last[code] = current == code ? first[previous] : first[current];
    }

    /** Writes a string from its end, as much as has room, and returns where the next one begins. */
    private int write(int code, byte[] pixels, int from) {
        int to = from + length[code];
        for (int i = to - 1; i >= from; i--) {
            if (i < pixels.length) {
                pixels[i] = last[code];
            }
            code = before[code];
        }
        return Math.min(to, pixels.length);
    }

    private int code(int size) throws DataFormatException {
        while (buffered < size) {
            buffer |= nextByte() << buffered;
            buffered += Byte.SIZE;
        }
        int code = buffer & ((1 << size) - 1);
        buffer >>>= size;
        buffered -= size;
        return code;
    }

    private int nextByte() throws DataFormatException {
        if (at == blockEnd) {
            Cancellation.current().check();
            int block = Byte.toUnsignedInt(file[at++]);
            if (block == 0) {
                throw new DataFormatException("the frame ends early");
            }
            blockEnd = at + block;
        }
        return Byte.toUnsignedInt(file[at++]);
    }
}
