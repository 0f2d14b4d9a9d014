package ai.sphinxv.runtime.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Files put together byte by byte, whole or not. */
final class BytesOf {
    static final byte[] PNG_SIGNATURE = HexFormat.of().parseHex("89504e470d0a1a0a");

    private BytesOf() {}

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] text(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static byte[] joined(byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    static byte[] repeated(byte[] part, int times) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** The file with a part put in before {@code at}. */
    static byte[] inserted(byte[] file, int at, byte[] part) {
        return ByteBuffer.allocate(file.length + part.length)
                .put(file, 0, at)
                .put(part)
                .put(file, at, file.length - at)
                .array();
    }

    /** The file with other bytes from {@code at}. */
    static byte[] patched(byte[] file, int at, byte[] part) {
        byte[] copy = file.clone();
        System.arraycopy(part, 0, copy, at, part.length);
        return copy;
    }

    static byte[] zlib(byte[] bytes) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        var packed = new ByteArrayOutputStream();
        byte[] block = new byte[4096];
        while (!deflater.finished()) {
            packed.write(block, 0, deflater.deflate(block));
        }
        deflater.end();
        return packed.toByteArray();
    }

    static byte[] pngChunk(String type, byte[] data) {
        var crc = new CRC32();
        crc.update(text(type));
        crc.update(data);
        return ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(text(type))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Signature and header. */
    static byte[] pngHeader(int width, int height, int depth, int colour, int interlace) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) colour)
                .put(new byte[] {0, 0, (byte) interlace})
                .array();
        return joined(PNG_SIGNATURE, pngChunk("IHDR", header));
    }

    /** A whole PNG of those unpacked rows. */
    static byte[] png(int width, int height, int depth, int colour, byte[] rows) {
        return joined(
                pngHeader(width, height, depth, colour, 0),
                colour == 3 ? pngChunk("PLTE", new byte[] {1, 2, 3, 4, 5, 6}) : new byte[0],
                pngChunk("IDAT", zlib(rows)),
                pngChunk("IEND", new byte[0]));
    }

    /** Signature, canvas and a table of two colours: (1, 2, 3) and (4, 5, 6). */
    static byte[] gifHeader(int width, int height) {
        return joined(
                text("GIF89a"),
                little(4).putShort((short) width).putShort((short) height).array(),
                hex("80 00 00 010203 040506"));
    }

    /** A frame's place, and its pixels with a code size of two bits. */
    static byte[] gifFrame(int left, int top, int width, int height, byte[] codes) {
        return joined(
                hex("2c"),
                little(8)
                        .putShort((short) left)
                        .putShort((short) top)
                        .putShort((short) width)
                        .putShort((short) height)
                        .array(),
                hex("00 02"),
                blocks(codes));
    }

    /** In blocks of up to 255 bytes, and the empty one at the end. */
    static byte[] blocks(byte[] bytes) {
        var blocks = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += 255) {
            int length = Math.min(255, bytes.length - at);
            blocks.write(length);
            blocks.write(bytes, at, length);
        }
        blocks.write(0);
        return blocks.toByteArray();
    }

    static byte[] jpegSegment(int marker, byte[] data) {
        return ByteBuffer.allocate(data.length + 4)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (data.length + 2))
                .put(data)
                .array();
    }

    /** Where the first segment with that marker begins. */
    static int jpegSegment(byte[] jpeg, int marker) {
        for (int at = 2; ; at += 2 + Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(at + 2))) {
            if ((jpeg[at + 1] & 0xff) == marker) {
                return at;
            }
        }
    }

    /** A bitmap's two headers and what follows; the pixels begin right behind. */
    static byte[] bmp(int width, int height, int bits, int compression, byte[] rest) {
        return joined(
                text("BM"),
                little(12).putInt(54 + rest.length).putInt(0).putInt(54).array(),
                little(40)
                        .putInt(40)
                        .putInt(width)
                        .putInt(height)
                        .putShort((short) 1)
                        .putShort((short) bits)
                        .putInt(compression)
                        .array(),
                rest);
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
