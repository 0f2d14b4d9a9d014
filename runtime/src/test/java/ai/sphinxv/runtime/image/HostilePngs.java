package ai.sphinxv.runtime.image;

import static ai.sphinxv.runtime.image.BytesOf.hex;
import static ai.sphinxv.runtime.image.BytesOf.inserted;
import static ai.sphinxv.runtime.image.BytesOf.joined;
import static ai.sphinxv.runtime.image.BytesOf.patched;
import static ai.sphinxv.runtime.image.BytesOf.png;
import static ai.sphinxv.runtime.image.BytesOf.pngChunk;
import static ai.sphinxv.runtime.image.BytesOf.pngHeader;
import static ai.sphinxv.runtime.image.BytesOf.repeated;
import static ai.sphinxv.runtime.image.BytesOf.text;
import static ai.sphinxv.runtime.image.BytesOf.zlib;

import ai.sphinxv.runtime.image.HostileImage.Fate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Chunks that lie, bombs in texts and profiles, rows that are none. */
final class HostilePngs {
    private static final int AFTER_HEADER = 33;
    private static final byte[] END = pngChunk("IEND", new byte[0]);
    private static final Fate READ = Fate.read(1, 1);

    private HostilePngs() {}

    static List<HostileImage> all() {
        var images = new ArrayList<HostileImage>();
        images.addAll(bombs());
        images.addAll(chunks());
        images.addAll(pixels());
        images.addAll(headers());
        return images;
    }

    /** A hundred megabytes in a hundred kilobytes, where no pixels are; with and without a palette. */
    private static List<HostileImage> bombs() {
        var images = new ArrayList<HostileImage>();
        byte[] packed = zlib(new byte[100 << 20]);
        for (int colour : new int[] {0, 2, 3, 6}) {
            byte[] picture = png(1, 1, 8, colour, new byte[5]);
            for (String type : List.of("zTXt", "iCCP")) {
                byte[] bomb = pngChunk(type, joined(text("a\0\0"), packed));
                images.add(new HostileImage("PNG bomb", type, inserted(picture, AFTER_HEADER, bomb), READ));
            }
            byte[] words = pngChunk("iTXt", joined(text("a\0\1\0\0\0"), packed));
            images.add(new HostileImage("PNG bomb", "iTXt", inserted(picture, AFTER_HEADER, words), READ));
            byte[] frame = pngChunk("fdAT", joined(new byte[4], packed));
            images.add(new HostileImage("PNG bomb", "fdAT", inserted(picture, AFTER_HEADER, frame), READ));
            byte[] more = joined(
                    pngHeader(1, 1, 8, colour, 0),
                    colour == 3 ? pngChunk("PLTE", new byte[3]) : new byte[0],
                    pngChunk("IDAT", packed),
                    END);
            images.add(new HostileImage("PNG bomb", "IDAT", more, READ));
            byte[] many = repeated(pngChunk("zzzz", new byte[0]), 100_000);
            images.add(new HostileImage("PNG bomb", "many chunks", inserted(picture, AFTER_HEADER, many), READ));
        }
        return images;
    }

    private static List<HostileImage> chunks() {
        var images = new ArrayList<HostileImage>();
        byte[] picture = HostileImages.onePixel();
        byte[] pixels = pngChunk("IDAT", zlib(new byte[4]));
        byte[] header = pngHeader(1, 1, 8, 2, 0);
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 3, -12, 1000}) {
            byte[] lie =
                    ByteBuffer.allocate(12).putInt(length).put(text("tEXt")).array();
            images.add(refused("length " + length, inserted(picture, AFTER_HEADER, lie)));
            byte[] start = ByteBuffer.allocate(4).putInt(length).array();
            images.add(refused("pixels of length " + length, patched(picture, AFTER_HEADER, start)));
        }
        byte[] wrongSum = patched(picture, AFTER_HEADER + 8 + zlib(new byte[4]).length, new byte[4]);
        images.add(refused("wrong sum of pixels", wrongSum));
        images.add(refused("wrong sum of the header", patched(picture, 29, new byte[4])));
        byte[] text = pngChunk("tEXt", text("a\0b"));
        images.add(read("wrong sum of a text", inserted(picture, AFTER_HEADER, patched(text, 11, new byte[4]))));
        images.add(refused("no pixels", joined(header, END)));
        images.add(refused("empty pixels", joined(header, pngChunk("IDAT", new byte[0]), END)));
        images.add(refused("nothing behind the header", header));
        images.add(read("no end", joined(header, pixels)));
        images.add(read("pixels in single bytes", joined(header, single(zlib(new byte[4])), END)));
        images.add(read(
                "many empty pixel chunks",
                joined(header, repeated(pngChunk("IDAT", new byte[0]), 100_000), pixels, END)));
        images.add(refused("header first", joined(BytesOf.PNG_SIGNATURE, pixels, END)));
        images.add(read("header twice", inserted(picture, AFTER_HEADER, pngChunk("IHDR", new byte[13]))));
        images.add(refused("palette missing", joined(pngHeader(1, 1, 8, 3, 0), pixels, END)));
        for (int bytes : new int[] {0, 1, 3, 768, 769, 3000}) {
            byte[] palette = pngChunk("PLTE", new byte[bytes]);
            images.add(read("palette of " + bytes, joined(pngHeader(1, 1, 8, 3, 0), palette, pixels, END)));
        }
        byte[] beyond = joined(
                pngHeader(1, 1, 8, 3, 0),
                pngChunk("PLTE", new byte[3]),
                pngChunk("IDAT", zlib(new byte[] {0, 99})),
                END);
        images.add(read("an index beyond the palette", beyond));
        for (int bytes : new int[] {0, 1, 2, 5, 6, 7, 256, 300}) {
            images.add(read("tRNS of " + bytes, inserted(picture, AFTER_HEADER, pngChunk("tRNS", new byte[bytes]))));
        }
        byte[] animation = pngChunk(
                "acTL", ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).array());
        images.add(read("two billion frames", inserted(picture, AFTER_HEADER, animation)));
        byte[] turned = pngChunk("eXIf", hex("4d4d002a 00000008 0001 0112 0003 00000001 00060000 00000000"));
        images.add(read("orientation", inserted(picture, AFTER_HEADER, turned)));
        return images;
    }

    private static List<HostileImage> pixels() {
        var images = new ArrayList<HostileImage>();
        byte[] header = pngHeader(1, 1, 8, 2, 0);
        for (byte[] rows : List.of(
                new byte[] {5, 0, 0, 0}, new byte[] {-1, 0, 0, 0}, new byte[0], new byte[] {0}, new byte[] {0, 1, 2})) {
            images.add(refused("rows " + rows.length, joined(header, pngChunk("IDAT", zlib(rows)), END)));
        }
        for (String stream : List.of(
                "7899",
                "0000",
                "789c",
                "78bb00000001",
                "789c07",
                "789c05ffff",
                "789cedfd",
                "789c0100000000ffff",
                "ff".repeat(40))) {
            images.add(refused("stream " + stream, joined(header, pngChunk("IDAT", hex(stream)), END)));
        }
        for (int filter = 0; filter <= 4; filter++) {
            images.add(read("filter " + filter, png(1, 1, 8, 2, new byte[] {(byte) filter, 1, 2, 3})));
        }
        return images;
    }

    /** Every depth with every colour, each once in rows and once in passes: fifteen of them exist. */
    private static List<HostileImage> headers() {
        var images = new ArrayList<HostileImage>();
        int[] depths = {0, 1, 2, 3, 4, 8, 16, 32, -1};
        for (int colour = 0; colour <= 7; colour++) {
            for (int depth : depths) {
                for (int interlace = 0; interlace <= 2; interlace++) {
                    boolean exists = interlace < 2
                            && switch (colour) {
                                case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                                case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                                case 2, 4, 6 -> depth == 8 || depth == 16;
                                default -> false;
                            };
                    byte[] file = joined(
                            pngHeader(5, 5, depth, colour, interlace),
                            pngChunk("PLTE", new byte[768]),
                            pngChunk("IDAT", zlib(new byte[400])),
                            END);
                    String name = "colour %d of %d bits, interlace %d".formatted(colour, depth, interlace);
                    images.add(new HostileImage(
                            "PNG layout", name, file, exists ? Fate.read(5, 5) : Fate.REFUSED_AT_ONCE));
                }
            }
        }
        return images;
    }

    private static byte[] single(byte[] bytes) {
        byte[] chunks = {};
        for (byte one : bytes) {
            chunks = joined(chunks, pngChunk("IDAT", new byte[] {one}));
        }
        return chunks;
    }

    private static HostileImage read(String name, byte[] file) {
        return new HostileImage("PNG chunk", name, file, READ);
    }

    private static HostileImage refused(String name, byte[] file) {
        return new HostileImage("PNG chunk", name, file, Fate.REFUSED);
    }
}
