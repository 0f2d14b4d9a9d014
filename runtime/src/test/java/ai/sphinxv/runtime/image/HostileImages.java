package ai.sphinxv.runtime.image;

import static ai.sphinxv.runtime.image.BytesOf.hex;
import static ai.sphinxv.runtime.image.BytesOf.joined;
import static ai.sphinxv.runtime.image.BytesOf.patched;
import static ai.sphinxv.runtime.image.BytesOf.png;
import static ai.sphinxv.runtime.image.BytesOf.pngHeader;
import static ai.sphinxv.runtime.image.BytesOf.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.runtime.image.HostileImage.Fate;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The families that concern all formats. Always the same files, from fixed seeds. */
final class HostileImages {
    static final int WIDTH = 12;
    static final int HEIGHT = 9;

    private HostileImages() {}

    static List<HostileImage> all() {
        var images = new ArrayList<HostileImage>();
        images.addAll(cutOff());
        images.addAll(hugeByTheirHeader());
        images.addAll(withoutPixels());
        images.addAll(moreThanTheyHold());
        images.addAll(longAndThin());
        images.addAll(twoThingsAtOnce());
        images.addAll(otherThings());
        images.addAll(rotten());
        images.addAll(HostilePngs.all());
        images.addAll(HostileGifs.all());
        images.addAll(HostileJpegs.all());
        images.addAll(HostileBmps.all());
        return images;
    }

    /** One of fifty, of at most so many bytes: what fuzzing begins with. */
    static Stream<byte[]> seeds(int mostBytes) {
        List<HostileImage> all = all();
        return IntStream.iterate(0, i -> i < all.size(), i -> i + 50)
                .mapToObj(i -> all.get(i).file())
                .filter(file -> file.length <= mostBytes);
    }

    /** PNG, GIF, JPEG, BMP and a progressive JPEG. */
    static List<byte[]> whole() {
        return List.of(
                Pictures.png(WIDTH, HEIGHT),
                Pictures.gif(WIDTH, HEIGHT),
                Pictures.jpeg(WIDTH, HEIGHT),
                Pictures.bmp(WIDTH, HEIGHT),
                Pictures.file(Pictures.noise(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR), "jpeg", true));
    }

    /** After each byte. Such a file is refused, or nothing of the picture was in what is gone. */
    private static List<HostileImage> cutOff() {
        var images = new ArrayList<HostileImage>();
        for (byte[] file : whole()) {
            for (int length = 1; length < file.length; length++) {
                images.add(new HostileImage(
                        "cut off", "after byte " + length, Arrays.copyOf(file, length), Fate.either(WIDTH, HEIGHT)));
            }
        }
        return images;
    }

    private static List<HostileImage> hugeByTheirHeader() {
        var images = new ArrayList<HostileImage>();
        int[][] sizes = {
            {65_535, 65_535}, {40_000, 40_000}, {30_000, 30_000}, {30_001, 1}, {1, 30_001}, {8_000, 8_001}, {1, 65_535}
        };
        for (int[] size : sizes) {
            for (byte[] file : ofSize(size[0], size[1])) {
                images.add(new HostileImage("huge", size[0] + "x" + size[1], file, Fate.REFUSED_AT_ONCE));
            }
        }
        for (int side : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -100}) {
            images.add(new HostileImage("huge", "PNG", pngHeader(side, 5, 8, 2, 0), Fate.REFUSED_AT_ONCE));
            images.add(new HostileImage("huge", "PNG", pngHeader(5, side, 8, 2, 0), Fate.REFUSED_AT_ONCE));
            images.add(
                    new HostileImage("huge", "BMP", BytesOf.bmp(side, 5, 24, 0, new byte[90]), Fate.REFUSED_AT_ONCE));
        }
        images.add(new HostileImage(
                "huge", "BMP", BytesOf.bmp(5, Integer.MIN_VALUE, 24, 0, new byte[90]), Fate.REFUSED_AT_ONCE));
        // The files of scrimage's issue 893: 35 bytes for which it took gigabytes; as they are, and with a right
        // signature.
        for (String bomb : List.of(
                "R0lGODn//x8fgAAAACH5BAAAAAAALAAAAAB//x8fAAA=", "R0lGODn//3//gAAAACH5BAAAAAAALAAAAAB///9/AAA=")) {
            byte[] file = Base64.getDecoder().decode(bomb);
            images.add(new HostileImage("huge", "scrimage 893", file, Fate.REFUSED_AT_ONCE));
            images.add(new HostileImage("huge", "scrimage 893", patched(file, 5, text("a")), Fate.REFUSED_AT_ONCE));
        }
        return images;
    }

    private static List<HostileImage> withoutPixels() {
        var images = new ArrayList<HostileImage>();
        for (int[] size : new int[][] {{0, 0}, {0, 5}, {5, 0}}) {
            for (byte[] file : ofSize(size[0], size[1])) {
                images.add(new HostileImage("no pixels", size[0] + "x" + size[1], file, Fate.REFUSED_AT_ONCE));
            }
        }
        return images;
    }

    /** Sizes that are allowed, of files that hold a hundred pixels. */
    private static List<HostileImage> moreThanTheyHold() {
        var images = new ArrayList<HostileImage>();
        for (int[] size : new int[][] {{8_000, 8_000}, {30_000, 2_000}, {2_000, 30_000}, {4_000, 4_000}}) {
            for (byte[] file : ofSize(size[0], size[1])) {
                images.add(new HostileImage("more than held", size[0] + "x" + size[1], file, Fate.REFUSED_AT_ONCE));
            }
        }
        for (int[] size : new int[][] {{WIDTH, 2 * HEIGHT}, {2 * WIDTH, HEIGHT}, {100, 100}, {13, 1000}}) {
            for (byte[] file : ofSize(size[0], size[1])) {
                images.add(new HostileImage("more than held", size[0] + "x" + size[1], file, Fate.REFUSED));
            }
        }
        return images;
    }

    /** A small picture's file in each format that says it has that size. */
    private static List<byte[]> ofSize(int width, int height) {
        byte[] png = Pictures.png(WIDTH, HEIGHT);
        byte[] gif = Pictures.gif(WIDTH, HEIGHT);
        byte[] jpeg = Pictures.jpeg(WIDTH, HEIGHT);
        byte[] bmp = Pictures.bmp(WIDTH, HEIGHT);
        byte[] sides = BytesOf.little(4)
                .putShort((short) width)
                .putShort((short) height)
                .array();
        int frame = 13 + (3 << ((gif[10] & 7) + 1));
        while (gif[frame] != 0x2c) {
            frame++;
        }
        return List.of(
                patched(png, 0, pngHeader(width, height, 8, 2, 0)),
                patched(patched(gif, 6, sides), frame + 5, sides),
                patched(
                        jpeg,
                        BytesOf.jpegSegment(jpeg, 0xc0) + 5,
                        ByteBuffer.allocate(4)
                                .putShort((short) height)
                                .putShort((short) width)
                                .array()),
                patched(bmp, 18, BytesOf.little(8).putInt(width).putInt(height).array()));
    }

    private static List<HostileImage> longAndThin() {
        var images = new ArrayList<HostileImage>();
        for (int[] size : new int[][] {{1, 1}, {1, 30_000}, {30_000, 1}, {3, 10_000}, {10_000, 3}, {2, 2}}) {
            int width = size[0];
            int height = size[1];
            Fate read = Fate.read(width, height);
            images.add(new HostileImage("long and thin", "PNG", Pictures.png(width, height), read));
            images.add(new HostileImage("long and thin", "GIF", Pictures.gif(width, height), read));
            images.add(new HostileImage("long and thin", "JPEG", Pictures.jpeg(width, height), read));
            images.add(new HostileImage("long and thin", "BMP", Pictures.bmp(width, height), read));
        }
        return images;
    }

    /** A picture first is a picture, whatever follows; anything else first is not. */
    private static List<HostileImage> twoThingsAtOnce() {
        var images = new ArrayList<HostileImage>();
        List<byte[]> others = List.of(
                text("<html><script>alert(1)</script></html>"),
                hex("504b0304 0a00 0000 0000"),
                text("#!/bin/sh\nrm -rf /\n"),
                new byte[1 << 20],
                Pictures.gif(40, 40),
                Pictures.jpeg(50, 50));
        for (byte[] file : whole()) {
            for (byte[] other : others) {
                images.add(new HostileImage("two at once", "followed", joined(file, other), Fate.read(WIDTH, HEIGHT)));
            }
            images.add(new HostileImage("two at once", "preceded", joined(text("\n"), file), Fate.REFUSED));
            images.add(new HostileImage("two at once", "preceded", joined(text("<!--"), file), Fate.REFUSED));
        }
        images.add(new HostileImage("two at once", "script", text("GIF89a/*0123456789*/=1;alert(1)"), Fate.REFUSED));
        images.add(new HostileImage(
                "two at once", "letters", text("BMW is a car, and no bitmap at all; is it?"), Fate.REFUSED));
        return images;
    }

    private static List<HostileImage> otherThings() {
        var images = new ArrayList<HostileImage>();
        for (String text : List.of(
                "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
                "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg>&a;</svg>",
                "push graphic-context\nfill 'url(https://example.org/a.png\"|ls \"-la)'\npop graphic-context",
                "%PDF-1.7\n",
                "%!PS\n(/etc/passwd) (r) file\n",
                "P6\n999999 999999\n255\n",
                "RIFF\0\0\0\0WEBPVP8 ",
                "\0\0\0 ftypavif",
                "8BPS\0\1",
                "\0\0\1\0",
                "#define x_width 99999",
                "gimp xcf v001",
                "\u007fELF",
                "GIF88a",
                "GIF89",
                "GIF89a",
                "GIF",
                "BM",
                "B",
                "\u0089PNG",
                "\u0089PNG\n\u001a\n",
                "\u0089PNG\r\n\u001a\n",
                "../../etc/passwd",
                "file:///etc/passwd",
                "http://169.254.169.254/",
                "\0",
                "\0\0",
                "\0\0\0\0\0\0")) {
            images.add(new HostileImage("no picture", text, text(text), Fate.REFUSED_AT_ONCE));
        }
        for (String file : List.of(
                "ff",
                "ffd8",
                "ffd8ff",
                "ffd8ffd9",
                "ffd8ffe0",
                "ffd8ffda0000",
                "ffd8ffc0",
                "ffd8ffc00002",
                "49492a0008000000 0100 0001 0400 01000000 ffffff7f 08000000", // a TIFF whose directory leads to itself
                "4d4d002a00000008 0000 00000008",
                "fffe0000",
                "efbbbf424d")) {
            images.add(new HostileImage("no picture", file, hex(file), Fate.REFUSED_AT_ONCE));
        }
        images.add(new HostileImage("no picture", "words", "Ωδε is no picture".getBytes(UTF_8), Fate.REFUSED_AT_ONCE));
        return images;
    }

    /** One to eight flipped bits anywhere. */
    private static List<HostileImage> rotten() {
        var random = new Random(20261127);
        var images = new ArrayList<HostileImage>();
        for (byte[] file : whole()) {
            for (int i = 0; i < 100; i++) {
                byte[] rotten = file.clone();
                for (int flips = random.nextInt(8) + 1; flips > 0; flips--) {
                    rotten[random.nextInt(rotten.length)] ^= (byte) (1 << random.nextInt(8));
                }
                images.add(new HostileImage("rotten", "copy " + i, rotten, Fate.ANY));
            }
        }
        return images;
    }

    /** A PNG. */
    static byte[] onePixel() {
        return png(1, 1, 8, 2, new byte[4]);
    }
}
