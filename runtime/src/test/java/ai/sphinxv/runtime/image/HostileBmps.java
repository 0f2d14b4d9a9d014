package ai.sphinxv.runtime.image;

import static ai.sphinxv.runtime.image.BytesOf.bmp;
import static ai.sphinxv.runtime.image.BytesOf.hex;
import static ai.sphinxv.runtime.image.BytesOf.joined;
import static ai.sphinxv.runtime.image.BytesOf.little;
import static ai.sphinxv.runtime.image.BytesOf.patched;
import static ai.sphinxv.runtime.image.BytesOf.text;

import ai.sphinxv.runtime.image.HostileImage.Fate;
import java.util.ArrayList;
import java.util.List;

/** Bitmaps that hold other files, lie about tables and places, or jump about. */
final class HostileBmps {
    private HostileBmps() {}

    static List<HostileImage> all() {
        var images = new ArrayList<HostileImage>();
        byte[] inside = Pictures.png(900, 900);
        for (int compression : new int[] {4, 5, 6, 7, 11, 99, -1, Integer.MIN_VALUE}) {
            images.add(image("packed " + compression, bmp(5, 5, 24, compression, inside), Fate.REFUSED_AT_ONCE));
            images.add(image("packed " + compression, bmp(5, 5, 0, compression, inside), Fate.REFUSED_AT_ONCE));
        }
        for (int bits : new int[] {0, -1, 2, 3, 5, 12, 31, 33, 64, 255}) {
            images.add(image("bits " + bits, bmp(5, 5, bits, 0, new byte[2000]), Fate.REFUSED));
        }
        byte[] rows = new byte[16 + 80];
        for (int bits : new int[] {16, 24, 32}) {
            images.add(image("bits " + bits, bmp(5, 4, bits, 0, rows), Fate.read(5, 4)));
            images.add(image("upside down", bmp(5, -4, bits, 0, rows), Fate.read(5, 4)));
        }
        for (int[] masks : new int[][] {{0, 0, 0}, {-1, -1, -1}, {0xff, 0xff, 0xff}, {5, 0x50, 0x500}}) {
            byte[] fields = little(16)
                    .putInt(0)
                    .putInt(masks[0])
                    .putInt(masks[1])
                    .putInt(masks[2])
                    .array();
            images.add(image("masks", bmp(5, 4, 32, 3, joined(fields, rows)), Fate.either(5, 4)));
        }
        for (int offset : new int[] {0, 1, 53, 1000, Integer.MAX_VALUE, -1}) {
            byte[] place = little(4).putInt(offset).array();
            images.add(image("pixels at " + offset, patched(bmp(5, 4, 24, 0, rows), 10, place), Fate.either(5, 4)));
        }
        for (int colours : new int[] {-1, Integer.MAX_VALUE, 1 << 20, 257}) {
            byte[] file = patched(
                    bmp(4, 4, 8, 0, new byte[1100]),
                    46,
                    little(4).putInt(colours).array());
            images.add(image("colours " + colours, file, Fate.either(4, 4)));
        }
        for (int header : new int[] {0, 11, 12, 16, 39, 41, 52, 56, 64, 108, 124, 1000, -1}) {
            byte[] file = patched(
                    bmp(5, 4, 24, 0, new byte[300]),
                    14,
                    little(4).putInt(header).array());
            images.add(image("header of " + header, file, Fate.ANY));
        }
        for (String kind : List.of("KNIL", "DEBM")) { // a profile's file, or a profile
            byte[] file = patched(
                    bmp(5, 4, 24, 0, new byte[300]), 14, little(4).putInt(124).array());
            file = patched(file, 10, little(4).putInt(200).array());
            file = patched(file, 14 + 56, text(kind));
            file = patched(file, 14 + 112, little(8).putInt(124).putInt(12).array());
            file = patched(file, 14 + 124, text("/etc/passwd\0"));
            images.add(image("profile " + kind, file, Fate.read(5, 4)));
        }
        for (String runs : List.of(
                "0000",
                "0001",
                "0002ffff",
                "0002ffff0002ffff0001",
                "ff01".repeat(100),
                "00ff",
                "0003010203",
                "ff",
                "")) {
            byte[] table = new byte[1024];
            byte[] file = bmp(8, 8, 8, 1, joined(table, hex(runs)));
            file = patched(file, 10, little(4).putInt(54 + 1024).array());
            images.add(image("runs " + runs, file, Fate.either(8, 8)));
        }
        byte[] runs = patched(
                bmp(8000, 8000, 8, 1, hex("ff01".repeat(100))),
                10,
                little(4).putInt(54).array());
        images.add(image("few runs", runs, Fate.REFUSED_AT_ONCE));
        return images;
    }

    private static HostileImage image(String name, byte[] file, Fate fate) {
        return new HostileImage("BMP", name, file, fate);
    }
}
