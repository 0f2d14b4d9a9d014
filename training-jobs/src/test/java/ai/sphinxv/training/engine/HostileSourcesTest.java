package ai.sphinxv.training.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets whose makers mean harm: the job goes on without what is wrong, counts it by reason, and reaches nothing else. */
class HostileSourcesTest {
    private static final PrintStream QUIET = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    private static final int GOOD = 60;
    private static final byte[] SECRET = "root:x:0:0".repeat(100).getBytes(UTF_8);

    /** A million takes a gigabyte of disk. */
    private static final int ENTRIES = Integer.getInteger("tar.entries", 50_000);

    @TempDir
    Path folder;

    /** A line and why it is dropped. */
    private record Hostile(byte[] line, String why) {}

    @Test
    void hostileLinesAreCountedByReasonAndTheOthersAreBuiltAsEver() throws Exception {
        Path good = Lines.write(folder.resolve("good.jsonl"), GOOD);
        Path mixed = folder.resolve("mixed.jsonl");
        var reasons = new TreeMap<String, Long>();
        try (var out = new BufferedOutputStream(Files.newOutputStream(mixed))) {
            List<String> left = new ArrayList<>(Files.readAllLines(good));
            for (Hostile one : hostileLines()) {
                out.write(one.line());
                out.write(("\n" + left.removeFirst() + "\n").getBytes(UTF_8));
                reasons.merge("lines/dropped/" + one.why(), 1L, Long::sum);
            }
            out.write((String.join("\n", left) + "\n").getBytes(UTF_8));
        }

        Map<String, Long> alone = build(folder.resolve("alone"), good, null);
        Map<String, Long> counts = build(folder.resolve("out"), mixed, null);

        long lines = alone.getOrDefault("lines/in", 0L);
        long dropped = reasons.values().stream().mapToLong(Long::longValue).sum();
        assertThat(counts).containsAllEntriesOf(reasons).containsEntry("lines/kept", lines);
        assertThat(counts).containsEntry("lines/in", lines + dropped);
        assertThat(samples(folder.resolve("out"))).isEqualTo(samples(folder.resolve("alone")));
    }

    private static List<Hostile> hostileLines() {
        String none = "it is no annotated picture";
        String outside = none + ": a mark is not inside its picture";
        String notUtf8 = "it is not UTF-8";
        String honest = line("a.jpg", "100", "1,2,30,40");
        return List.of(
                new Hostile(honest.replace("dog", "d\u00e9g").getBytes(ISO_8859_1), notUtf8),
                new Hostile(honest.replace("dog", "\u00c3(").getBytes(ISO_8859_1), notUtf8),
                new Hostile(honest.replace("dog", "\u00ed\u00a0\u0080").getBytes(ISO_8859_1), notUtf8), // half a pair
                new Hostile(honest.replace("dog", "\u00c0\u0080").getBytes(ISO_8859_1), notUtf8), // a zero in two bytes
                new Hostile("a".repeat(LineBlocks.MOST_BYTES + 1).getBytes(UTF_8), "it is longer than 64 MB"),
                new Hostile(new byte[100], none),
                new Hostile("[".repeat(100_000).getBytes(UTF_8), none),
                new Hostile(("{\"a\":".repeat(100_000) + "1").getBytes(UTF_8), none),
                new Hostile(line("a.jpg", "1".repeat(100_000), "1,2,30,40").getBytes(UTF_8), none),
                new Hostile(line("a.jpg", "2147483648", "1,2,30,40").getBytes(UTF_8), none),
                new Hostile(line("a.jpg", "-100", "1,2,30,40").getBytes(UTF_8), none + ": its picture has no size"),
                new Hostile(line("a.jpg", "100", "30,40,1,2").getBytes(UTF_8), none + ": a mark has no area"),
                new Hostile(line("a.jpg", "100", "1,2,1e400,40").getBytes(UTF_8), outside),
                new Hostile(line("a.jpg", "100", "-1e308,-1e308,1e308,1e308").getBytes(UTF_8), outside));
    }

    private static String line(String image, String width, String mark) {
        return ("{\"source\":\"coco\",\"id\":\"bad\",\"image\":\"%s\",\"domain\":\"natural\",\"width\":%s,\"height\":100,"
                        + "\"licence\":\"x\",\"parts\":[{\"mark\":[%s],\"label\":\"dog\"}]}")
                .formatted(image, width, mark);
    }

    /** A name, a link, a pipe, a bomb, a file of a terabyte that takes no room: none of them is packed, or stops the job. */
    @Test
    void picturesThatLeadOutOfTheirFolderOrAreNoneAreAsIfTheyWereNotThere() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Path secret = Files.write(folder.resolve("secret.jpg"), SECRET);
        Files.createSymbolicLink(pictures.resolve("link.jpg"), secret);
        Files.createSymbolicLink(pictures.resolve("up"), folder);
        Files.createDirectory(pictures.resolve("folder.jpg"));
        try (var sparse = new RandomAccessFile(pictures.resolve("terabyte.jpg").toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        new ProcessBuilder("mkfifo", pictures.resolve("pipe.jpg").toString())
                .start()
                .waitFor();
        Files.write(pictures.resolve("bomb.png"), pngOf(60_000, 60_000));
        Files.write(pictures.resolve("empty.png"), new byte[0]);
        List<String> names = List.of(
                "../secret.jpg",
                secret.toString(),
                "link.jpg",
                "up/secret.jpg",
                "folder.jpg",
                "terabyte.jpg",
                "pipe.jpg",
                "bomb.png",
                "empty.png",
                "a\\u0000b.jpg",
                "x".repeat(10_000) + ".jpg");
        Path lines = Files.write(
                folder.resolve("a.jsonl"),
                names.stream().map(name -> line(name, "100", "1,2,30,40")).toList());

        Map<String, Long> counts = build(folder.resolve("out"), lines, Pictures.parse(pictures.toString()));

        assertThat(counts).containsEntry("lines/in", (long) names.size()).containsEntry("lines/kept", (long)
                names.size());
        assertThat(counts.get("samples/kept")).isPositive();
        for (Path shard : ShardReader.shards(folder.resolve("out"))) {
            assertThat(new String(Files.readAllBytes(shard), ISO_8859_1)).doesNotContain("root:x:0:0");
        }
    }

    /** A header that says so, and next to no pixels. */
    private static byte[] pngOf(int width, int height) {
        byte[] head = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(UTF_8))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        var sum = new CRC32();
        sum.update(head);
        return ByteBuffer.allocate(8 + 4 + head.length + 4 + 100)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put(head)
                .putInt((int) sum.getValue())
                .array();
    }

    @Test
    void aShardOfManyEntriesIsReadOneByOneAndNoneIsWrittenAnywhere() throws Exception {
        Path shard = folder.resolve("many.tar");
        try (var tar = new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(shard)), "UTF-8")) {
            for (int i = 0; i < ENTRIES; i++) {
                entry(
                        tar,
                        i % 2 == 0 ? "../../%d.png" : "../../%d.json",
                        i,
                        "{\"id\":%d}".formatted(i).getBytes(UTF_8));
            }
        }
        int[] samples = new int[1];

        ShardReader.read(shard, (sample, picture) -> {
            samples[0]++;
            return true;
        });

        assertThat(samples[0]).isEqualTo(ENTRIES / 2);
        assertThat(folder.toFile().list()).containsExactly("many.tar");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_LINK,
                TarConstants.LF_SYMLINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            })
    void whatIsNoFileInAShardIsRefusedByName(byte kind) throws Exception {
        Path shard = folder.resolve("odd.tar");
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(shard), "UTF-8")) {
            var odd = new TarArchiveEntry("1.json", kind);
            odd.setLinkName("/etc/passwd");
            tar.putArchiveEntry(odd);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> ShardReader.read(shard, (sample, picture) -> true))
                .isInstanceOf(IOException.class)
                .hasMessage(shard + " is damaged or cut off: 1.json is a link, a device or the like: build it again");
    }

    private static void entry(TarArchiveOutputStream tar, String name, int number, byte[] bytes) throws IOException {
        var entry = new TarArchiveEntry(name.formatted(number), true); // true: as it is, though it leads out
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static Map<String, Long> build(Path out, Path lines, @Nullable Pictures pictures) throws Exception {
        var input = BuildInput.of(List.of(lines), List.of(), BuildConfig.DEFAULT, pictures, pictures != null);
        Map<String, Long> counts = BuildJob.run(input, out, 2, QUIET);
        Counts.requireExact(counts);
        return counts;
    }

    private static List<String> samples(Path out) throws IOException {
        var samples = new ArrayList<String>();
        for (Path shard : ShardReader.shards(out)) {
            ShardReader.read(shard, (sample, picture) -> samples.add(sample.toString()));
        }
        return samples.stream().sorted().toList();
    }
}
