package ai.sphinxv.runtime.image;

import static ai.sphinxv.runtime.image.BytesOf.hex;
import static ai.sphinxv.runtime.image.BytesOf.inserted;
import static ai.sphinxv.runtime.image.BytesOf.joined;
import static ai.sphinxv.runtime.image.BytesOf.jpegSegment;
import static ai.sphinxv.runtime.image.BytesOf.patched;
import static ai.sphinxv.runtime.image.BytesOf.repeated;
import static ai.sphinxv.runtime.image.BytesOf.text;

import ai.sphinxv.runtime.image.HostileImage.Fate;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;

/** EXIF that lies or leads in circles, frames of rare kinds, scans without number, profiles. */
final class HostileJpegs {
    private static final int WIDTH = 20;
    private static final int HEIGHT = 10;
    private static final Fate READ = Fate.read(WIDTH, HEIGHT);
    private static final Fate TURNED = Fate.read(HEIGHT, WIDTH);
    private static final byte[] FILE = Pictures.jpeg(WIDTH, HEIGHT);

    private HostileJpegs() {}

    static List<HostileImage> all() {
        var images = new ArrayList<HostileImage>();
        images.addAll(orientations());
        images.addAll(brokenExif());
        images.addAll(frames());
        images.addAll(segments());
        images.addAll(scans());
        return images;
    }

    private static List<HostileImage> orientations() {
        var images = new ArrayList<HostileImage>();
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (int tag : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 65_535}) {
                byte[] tiff = tiff(order, 0x0112, 3, 1, tag);
                boolean turned = tag >= 5 && tag <= 8;
                images.add(exif("orientation %d, %s".formatted(tag, order), tiff, turned ? TURNED : READ));
            }
        }
        images.add(exif("a long 6", tiff(ByteOrder.LITTLE_ENDIAN, 0x0112, 4, 1, 6), TURNED));
        images.add(exif("a text", tiff(ByteOrder.LITTLE_ENDIAN, 0x0112, 2, 1, 6), READ));
        images.add(exif("a fraction", tiff(ByteOrder.LITTLE_ENDIAN, 0x0112, 5, 1, 6), READ));
        images.add(exif("another tag", tiff(ByteOrder.LITTLE_ENDIAN, 0x0113, 3, 1, 6), READ));
        return images;
    }

    /** A picture with broken metadata is still a picture. */
    private static List<HostileImage> brokenExif() {
        var images = new ArrayList<HostileImage>();
        byte[] tiff = tiff(ByteOrder.BIG_ENDIAN, 0x0113, 3, 1, 6);
        for (int offset : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 4, 7, 26, 1000}) {
            byte[] place = ByteBuffer.allocate(4).putInt(offset).array();
            images.add(exif("directory at " + offset, patched(tiff, 4, place), READ));
            images.add(exif("next directory at " + offset, patched(tiff, 22, place), READ));
        }
        for (int entries : new int[] {0, 2, 255, 32_767, 65_535}) {
            byte[] count = ByteBuffer.allocate(2).putShort((short) entries).array();
            images.add(exif("entries " + entries, patched(tiff, 8, count), READ));
        }
        for (int count : new int[] {0, 2, -1, Integer.MAX_VALUE}) {
            images.add(exif("values " + count, tiff(ByteOrder.BIG_ENDIAN, 0x0113, 2, count, 8), READ));
        }
        for (int tag : new int[] {0x8769, 0x8825, 0xa005, 0x014a, 0x927c, 0x02bc}) {
            images.add(exif("leads to itself by " + tag, tiff(ByteOrder.BIG_ENDIAN, tag, 4, 1, 8 << 16), READ));
        }
        byte[] full = new byte[65_000];
        ByteBuffer.wrap(full).putShort((short) 0x4d4d).putShort((short) 42).putInt(8);
        for (int at = 8; at + 12 < full.length; at += 2) { // directories within directories
            ByteBuffer.wrap(full).putShort(at, (short) 0x8769);
        }
        images.add(exif("nested", full, READ));
        for (int length = 0; length <= tiff.length; length++) {
            images.add(exif("cut after " + length, Arrays.copyOf(tiff, length), READ));
        }
        images.add(jpeg("EXIF", "no TIFF", 2, jpegSegment(0xe1, text("Exif\0\0hello")), READ));
        images.add(jpeg("EXIF", "XMP bomb", 2, jpegSegment(0xe1, repeated(text("<a>"), 20_000)), READ));
        images.add(jpeg("EXIF", "thousand blocks", 2, repeated(jpegSegment(0xe1, full), 100), READ));
        return images;
    }

    private static List<HostileImage> frames() {
        var images = new ArrayList<HostileImage>();
        int frame = jpegSegment(FILE, 0xc0);
        for (int kind = 0xc0; kind <= 0xcf; kind++) {
            Fate fate = kind <= 0xc1 ? READ : Fate.REFUSED; // the data are those of a baseline frame
            images.add(frame("kind " + kind, patched(FILE, frame + 1, new byte[] {(byte) kind}), fate));
        }
        for (int bits : new int[] {0, 1, 7, 9, 12, 16, 255}) {
            images.add(frame("bits " + bits, patched(FILE, frame + 4, new byte[] {(byte) bits}), Fate.REFUSED_AT_ONCE));
        }
        for (int components : new int[] {0, 2, 4, 5, 127, 255}) {
            byte[] count = {(byte) components};
            images.add(frame("components " + components, patched(FILE, frame + 9, count), Fate.REFUSED));
        }
        for (int sampling : new int[] {0x00, 0x01, 0x10, 0x44, 0x51, 0xff}) {
            byte[] factors = {(byte) sampling};
            images.add(frame("sampling " + sampling, patched(FILE, frame + 11, factors), Fate.either(WIDTH, HEIGHT)));
        }
        byte[] again = Arrays.copyOfRange(FILE, frame, frame + 19);
        images.add(frame("twice", inserted(FILE, frame, again), Fate.REFUSED));
        byte[] larger =
                patched(again, 5, ByteBuffer.allocate(4).putInt(0x7000_7000).array());
        images.add(frame("small, then large", inserted(FILE, frame + 19, larger), Fate.REFUSED));
        images.add(frame("large, then small", inserted(FILE, frame, larger), Fate.REFUSED_AT_ONCE));
        images.add(frame("none", joined(Arrays.copyOf(FILE, frame), hex("ffd9")), Fate.REFUSED_AT_ONCE));
        images.add(frame("print colours", cmyk(), READ));
        var grey = Pictures.noise(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        images.add(frame("grey", Pictures.file(grey, "jpeg", false), READ));
        images.add(frame("grey in passes", Pictures.file(grey, "jpeg", true), READ));
        return images;
    }

    private static List<HostileImage> segments() {
        var images = new ArrayList<HostileImage>();
        for (int marker : new int[] {0xe0, 0xe2, 0xed, 0xee, 0xef, 0xfe, 0xdd, 0xf0}) {
            for (int length : new int[] {0, 1}) {
                byte[] segment = {(byte) 0xff, (byte) marker, 0, (byte) length};
                images.add(jpeg("JPEG segment", "length " + length, 2, segment, Fate.REFUSED));
            }
            images.add(jpeg("JPEG segment", "beyond the end", 2, hex("ff%02xffff".formatted(marker)), Fate.REFUSED));
        }
        byte[] comment = jpegSegment(0xfe, new byte[65_000]);
        images.add(jpeg("JPEG segment", "six megabytes of comments", 2, repeated(comment, 100), READ));
        images.add(jpeg("JPEG segment", "filled", 2, repeated(hex("ff"), 100_000), READ));
        images.add(jpeg("JPEG segment", "rubbish between", 2, hex("010203"), Fate.either(WIDTH, HEIGHT)));
        images.add(jpeg("JPEG segment", "a second start", 2, hex("ffd8"), Fate.either(WIDTH, HEIGHT)));
        for (int parts : new int[] {1, 2, 100, 255}) {
            byte[] profile = {};
            for (int part = 1; part <= parts; part++) {
                byte[] data = new byte[60_000];
                System.arraycopy(text("ICC_PROFILE\0"), 0, data, 0, 12);
                data[12] = (byte) part;
                data[13] = (byte) parts;
                profile = joined(profile, jpegSegment(0xe2, data));
            }
            images.add(jpeg("JPEG profile", parts + " parts of zeros", 2, profile, READ));
        }
        images.add(jpeg("JPEG profile", "part 9 of 2", 2, jpegSegment(0xe2, text("ICC_PROFILE\0\11\2abc")), READ));
        images.add(jpeg("JPEG profile", "part 0 of 0", 2, jpegSegment(0xe2, text("ICC_PROFILE\0\0\0abc")), READ));
        images.add(jpeg("JPEG profile", "empty", 2, jpegSegment(0xe2, text("ICC_PROFILE\0\1\1")), READ));
        return images;
    }

    private static List<HostileImage> scans() {
        var images = new ArrayList<HostileImage>();
        byte[] progressive = Pictures.file(Pictures.noise(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR), "jpeg", true);
        images.add(new HostileImage("JPEG scan", "progressive", progressive, READ));
        // The last scan of all, again and again: each goes over the whole picture.
        int last = progressive.length - 2;
        int scan = last;
        while ((progressive[scan] & 0xff) != 0xff || (progressive[scan + 1] & 0xff) != 0xda) {
            scan--;
        }
        byte[] again = Arrays.copyOfRange(progressive, scan, last);
        for (int times : new int[] {100, 1_000, 100_000}) {
            byte[] bomb = inserted(progressive, last, repeated(again, times));
            images.add(new HostileImage("JPEG scan", times + " times more", bomb, Fate.REFUSED));
        }
        byte[] sides = BytesOf.hex("1b58 1b58"); // 7000x7000: few scans are too many
        images.add(new HostileImage(
                "JPEG scan",
                "many of a large picture",
                joined(
                        patched(
                                inserted(progressive, last, repeated(again, 15)),
                                jpegSegment(progressive, 0xc2) + 5,
                                sides),
                        new byte[100_000]),
                Fate.REFUSED_AT_ONCE));
        images.add(new HostileImage("JPEG scan", "no end", Arrays.copyOf(FILE, FILE.length - 2), READ));
        images.add(new HostileImage(
                "JPEG scan",
                "no scan",
                joined(Arrays.copyOf(FILE, jpegSegment(FILE, 0xda)), hex("ffd9")),
                Fate.REFUSED));
        int data = jpegSegment(FILE, 0xda) + 14;
        images.add(
                new HostileImage("JPEG scan", "no data", joined(Arrays.copyOf(FILE, data), hex("ffd9")), Fate.REFUSED));
        images.add(new HostileImage(
                "JPEG scan",
                "restarts only",
                joined(Arrays.copyOf(FILE, data), repeated(hex("ffd0"), 100_000), hex("ffd9")),
                Fate.REFUSED));
        return images;
    }

    private static byte[] cmyk() {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 4, null);
        return Pictures.file(new IIOImage(raster, null, null), "jpeg", false);
    }

    /** A directory with one entry. */
    private static byte[] tiff(ByteOrder order, int tag, int type, int count, int value) {
        var tiff = ByteBuffer.allocate(26).order(order);
        tiff.put(text(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1);
        tiff.putShort((short) tag).putShort((short) type).putInt(count);
        return (type == 3 ? tiff.putShort((short) value) : tiff.putInt(value)).array();
    }

    private static HostileImage exif(String name, byte[] tiff, Fate fate) {
        return jpeg("EXIF", name, 2, jpegSegment(0xe1, joined(text("Exif\0\0"), tiff)), fate);
    }

    private static HostileImage frame(String name, byte[] file, Fate fate) {
        return new HostileImage("JPEG frame", name, file, fate);
    }

    private static HostileImage jpeg(String family, String name, int at, byte[] part, Fate fate) {
        return new HostileImage(family, name, inserted(FILE, at, part), fate);
    }
}
