package ai.sphinxv.runtime.image;

import static ai.sphinxv.runtime.image.BytesOf.blocks;
import static ai.sphinxv.runtime.image.BytesOf.gifFrame;
import static ai.sphinxv.runtime.image.BytesOf.gifHeader;
import static ai.sphinxv.runtime.image.BytesOf.hex;
import static ai.sphinxv.runtime.image.BytesOf.joined;
import static ai.sphinxv.runtime.image.BytesOf.repeated;
import static ai.sphinxv.runtime.image.BytesOf.text;

import ai.sphinxv.runtime.image.HostileImage.Fate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Frames in odd places, codes that go on for ever, comments without end. */
final class HostileGifs {
    /** Clear, and four pixels of colour 1, in codes of three bits; 4 clears, 5 ends. */
    private static final byte[] FOUR_PIXELS = codes(3, 4, 1, 6, 1, 5);

    private static final byte[] END = hex("3b");

    private HostileGifs() {}

    static List<HostileImage> all() {
        var images = new ArrayList<HostileImage>();
        images.addAll(frames());
        images.addAll(codes());
        images.addAll(extensions());
        return images;
    }

    private static List<HostileImage> frames() {
        var images = new ArrayList<HostileImage>();
        int[][] places = {{0, 0}, {1, 0}, {0, 1}, {5, 5}, {8, 8}, {9, 9}, {10, 10}, {300, 20}};
        for (int[] place : places) {
            byte[] file = joined(gifHeader(10, 10), gifFrame(place[0], place[1], 2, 2, FOUR_PIXELS), END);
            int width = Math.max(10, place[0] + 2);
            int height = Math.max(10, place[1] + 2);
            images.add(frame("at %d, %d".formatted(place[0], place[1]), file, Fate.read(width, height)));
        }
        for (int[] place : new int[][] {{65_535, 0}, {0, 65_535}, {29_999, 29_999}, {65_535, 65_535}}) {
            byte[] file = joined(gifHeader(10, 10), gifFrame(place[0], place[1], 2, 2, FOUR_PIXELS), END);
            images.add(frame("far away", file, Fate.REFUSED_AT_ONCE));
        }
        for (int[] screen : new int[][] {{0, 0}, {1, 1}, {2, 0}}) {
            byte[] file = joined(gifHeader(screen[0], screen[1]), gifFrame(0, 0, 2, 2, FOUR_PIXELS), END);
            images.add(frame("canvas too small", file, Fate.read(2, 2)));
        }
        for (int[] size : new int[][] {{0, 0}, {0, 2}, {2, 0}}) {
            byte[] file = joined(gifHeader(10, 10), gifFrame(0, 0, size[0], size[1], FOUR_PIXELS), END);
            images.add(frame("of no size", file, Fate.REFUSED_AT_ONCE));
        }
        byte[] two = gifFrame(0, 0, 2, 2, FOUR_PIXELS);
        images.add(frame("ten thousand", joined(gifHeader(2, 2), repeated(two, 10_000), END), Fate.read(2, 2)));
        byte[] huge = gifFrame(0, 0, 65_535, 65_535, FOUR_PIXELS);
        images.add(frame("huge second", joined(gifHeader(2, 2), two, huge, END), Fate.read(2, 2)));
        images.add(frame("none", joined(gifHeader(2, 2), END), Fate.REFUSED_AT_ONCE));
        images.add(frame("nothing", gifHeader(2, 2), Fate.REFUSED_AT_ONCE));
        images.add(frame("unknown block", joined(gifHeader(2, 2), hex("77"), two, END), Fate.REFUSED_AT_ONCE));
        byte[] colourless = joined(text("GIF89a"), hex("0200 0200 00 00 00"), two, END);
        images.add(frame("without colours", colourless, Fate.REFUSED_AT_ONCE));
        return images;
    }

    private static List<HostileImage> codes() {
        var images = new ArrayList<HostileImage>();
        List<byte[]> wrong = List.of(
                new byte[0],
                codes(3, 4),
                codes(3, 5),
                codes(3, 4, 5),
                codes(3, 4, 1),
                codes(3, 4, 7),
                codes(3, 6),
                codes(3, 4, 6),
                codes(3, 4, 1, 7));
        for (byte[] codes : wrong) {
            images.add(code("wrong", joined(gifHeader(2, 2), gifFrame(0, 0, 2, 2, codes), END), Fate.REFUSED));
        }
        images.add(code("whole", joined(gifHeader(2, 2), gifFrame(0, 0, 2, 2, FOUR_PIXELS), END), Fate.read(2, 2)));
        for (int size : new int[] {0, 9, 12, 16, 255}) {
            byte[] frame = gifFrame(0, 0, 2, 2, FOUR_PIXELS);
            frame[10] = (byte) size;
            images.add(code("code size " + size, joined(gifHeader(2, 2), frame, END), Fate.REFUSED));
        }
        // Each would have a decoder that does not stop at the last pixel busy for minutes.
        byte[] endless = repeated(FOUR_PIXELS, 400_000);
        images.add(code("endless", joined(gifHeader(2, 2), gifFrame(0, 0, 2, 2, endless), END), Fate.read(2, 2)));
        byte[] long12 = repeated(hex("ff"), 3 << 20);
        byte[] growing = joined(grown(), long12);
        images.add(code("growing", joined(gifHeader(2, 2), gifFrame(0, 0, 2, 2, growing), END), Fate.read(2, 2)));
        // Three bytes of it are eight codes, each of which clears the table and none of which is a pixel.
        byte[] clears = repeated(codes(3, 4, 4, 4, 4, 4, 4, 4, 4), 1 << 20);
        images.add(code("clears only", joined(gifHeader(2, 2), gifFrame(0, 0, 2, 2, clears), END), Fate.REFUSED));
        byte[] flat = joined(gifHeader(1, 1), gifFrame(0, 0, 1500, 1000, grown()), END);
        images.add(code("a million pixels", flat, Fate.read(1500, 1000)));
        return images;
    }

    private static List<HostileImage> extensions() {
        var images = new ArrayList<HostileImage>();
        byte[] frame = gifFrame(0, 0, 2, 2, FOUR_PIXELS);
        for (String label : List.of("fe", "ff", "01", "f9", "00")) {
            for (int bytes : new int[] {0, 1, 4, 255, 256, 1 << 20}) {
                byte[] extension = joined(hex("21" + label), blocks(new byte[bytes]));
                byte[] file = joined(gifHeader(2, 2), extension, frame, END);
                images.add(new HostileImage("GIF extension", label + " of " + bytes, file, Fate.either(2, 2)));
            }
            byte[] drops = joined(hex("21" + label), repeated(hex("01 00"), 1 << 19), hex("00"));
            byte[] file = joined(gifHeader(2, 2), drops, frame, END);
            images.add(new HostileImage("GIF extension", label + " in single bytes", file, Fate.either(2, 2)));
            byte[] open = joined(gifHeader(2, 2), hex("21" + label + "ff"));
            images.add(new HostileImage("GIF extension", label + " without end", open, Fate.REFUSED_AT_ONCE));
        }
        return images;
    }

    /** Strings that each are one pixel longer than the one before, until the table is full. */
    private static byte[] grown() {
        int[] codes = new int[4096];
        int[] sizes = new int[4096];
        int count = 0;
        codes[count] = 4;
        sizes[count++] = 3;
        codes[count] = 0;
        sizes[count++] = 3;
        int size = 3;
        for (int next = 6; next < 4096; next++) {
            codes[count] = next;
            sizes[count++] = size;
            if (next + 1 == 1 << size && size < 12) {
                size++;
            }
        }
        return packed(codes, sizes, count);
    }

    private static byte[] codes(int size, int... codes) {
        int[] sizes = new int[codes.length];
        Arrays.fill(sizes, size);
        return packed(codes, sizes, codes.length);
    }

    private static byte[] packed(int[] codes, int[] sizes, int count) {
        var bits = new BitSet();
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int bit = 0; bit < sizes[i]; bit++) {
                bits.set(at++, (codes[i] >> bit & 1) == 1);
            }
        }
        return Arrays.copyOf(bits.toByteArray(), (at + 7) / 8);
    }

    private static HostileImage frame(String name, byte[] file, Fate fate) {
        return new HostileImage("GIF frame", name, file, fate);
    }

    private static HostileImage code(String name, byte[] file, Fate fate) {
        return new HostileImage("GIF code", name, file, fate);
    }
}
