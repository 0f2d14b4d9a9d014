package ai.sphinxv.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.training.source.AnnotatedPicture;
import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import ai.sphinxv.training.source.PictureDomain;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakAndDuplicateTest {
    private static final PrintStream QUIET =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    private static final String PASSAGE =
            "the old man in the red coat feeds seven grey pigeons beside the frozen fountain";

    @TempDir
    Path folder;

    @Test
    void aSmallerCopyInAnotherFormatIsFoundAndAnotherPictureIsNot() throws IOException {
        Fingerprint picture = Fingerprint.of(draw("a.png", 1, 400)).orElseThrow();

        assertThat(Fingerprint.of(draw("b.jpg", 1, 270)).orElseThrow().isNear(picture))
                .isTrue();
        assertThat(Fingerprint.of(draw("c.png", 2, 400)).orElseThrow().isNear(picture))
                .isFalse();
        assertThat(Fingerprint.of(Files.writeString(folder.resolve("d.png"), "no picture")))
                .isEmpty();
    }

    @Test
    void receiptsOfOneShopAreDifferentPicturesThoughTheirCopiesAreNot() throws IOException {
        var receipts = new ArrayList<Fingerprint>();
        for (int i = 0; i < 12; i++) {
            receipts.add(
                    Fingerprint.of(receipt("receipt-%d.png".formatted(i), i, 1)).orElseThrow());
        }
        Fingerprint copy = Fingerprint.of(receipt("copy.jpg", 0, 0.6)).orElseThrow();

        assertThat(copy.isNear(receipts.getFirst())).isTrue();
        int alikeAtFirstSight = 0;
        for (int i = 0; i < receipts.size(); i++) {
            for (int j = 0; j < i; j++) {
                alikeAtFirstSight += bits(receipts.get(i), receipts.get(j)) <= Fingerprint.NEAR ? 1 : 0;
                assertThat(receipts.get(i).isNear(receipts.get(j)))
                        .as("receipts %d and %d", i, j)
                        .isFalse();
            }
        }
        assertThat(alikeAtFirstSight).isPositive();
    }

    @Test
    void aCopyIsFoundAmongManyPagesWhicheverTenBitsDiffer() {
        var random = new Random(3);
        var prints = new TreeMap<String, Fingerprint>();
        for (int page = 0; page < 500; page++) {
            long[] looks = random.longs(4).toArray();
            prints.put("publaynet\npage-%04d.jpg".formatted(page), new Fingerprint("", looks, new long[36]));
            long[] copy = looks.clone();
            random.ints(0, 256).distinct().limit(10).forEach(bit -> copy[bit / 64] ^= 1L << bit % 64);
            prints.put("publaynet\npage-%04d copy.jpg".formatted(page), new Fingerprint("", copy, new long[36]));
        }

        PictureIndex index = PictureIndex.of(prints);

        for (int page = 0; page < 500; page++) {
            String name = "page-%04d".formatted(page);
            assertThat(index.isCopy(picture("publaynet", name + ".jpg", "text"))
                            ^ index.isCopy(picture("publaynet", name + " copy.jpg", "text")))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void ofTwoCopiesInOneSourceOneStaysAndInTwoSourcesBothStayInOneSplit() throws Exception {
        draw("1.png", 1, 400);
        draw("2.jpg", 1, 270);
        draw("3.png", 3, 400);
        Path lines = write(
                picture("coco", "1.png", "a dog"),
                picture("coco", "2.jpg", "a cat"),
                picture("vcr", "2.jpg", "a cow"),
                picture("coco", "3.png", "a hen"));

        Map<String, Long> counts = build(lines, List.of());

        assertThat(counts.get("annotations/dropped/a near-duplicate picture of the same source"))
                .isEqualTo(1);
        assertThat(counts.get("annotations/kept")).isEqualTo(3);
    }

    @Test
    void aPictureOfABenchmarkIsLeftOutByItsNameWhereverItIsFiled() throws Exception {
        Path benchmark = Files.writeString(
                folder.resolve("bench.json"), "[{\"image_name\": \"val/COCO_val2014_000000441147.jpg\", \"q\": 1}]");

        Map<String, Long> counts = build(
                write(
                        picture("lvis", "train2017/000000441147.jpg", "a dog"),
                        picture("lvis", "000000441148.jpg", "a cat")),
                List.of(benchmark));

        assertThat(counts.get("annotations/dropped/leak: a picture of bench.json"))
                .isEqualTo(1);
        assertThat(counts.get("annotations/kept")).isEqualTo(1);
    }

    @Test
    void aPictureOfABenchmarkIsLeftOutByItsLooksWhateverItIsCalled() throws Exception {
        draw("renamed.jpg", 5, 270);
        Path bench = folder.resolve("bench");
        Files.createDirectories(bench.resolve("images"));
        Files.move(draw("b1.png", 5, 400), bench.resolve("images/b1.png"));
        Path items =
                Files.writeString(bench.resolve("items.jsonl"), "{\"image\": \"b1.png\"}\n{\"image\": \"b2.png\"}\n");

        Map<String, Long> counts = build(write(picture("coco", "renamed.jpg", "a dog")), List.of(items));

        assertThat(counts.get("annotations/dropped/leak: looks like a picture of items.jsonl"))
                .isEqualTo(1);
    }

    @Test
    void thirteenWordsOfABenchmarksAnswerAreLeftOut() throws Exception {
        Path benchmark = Files.writeString(
                folder.resolve("bench.json"), "{\"items\": [{\"gt_answers\": \"Here %s.\"}]}".formatted(PASSAGE));

        Map<String, Long> counts = build(
                write(
                        captioned("So: " + PASSAGE.toUpperCase(Locale.ROOT)),
                        captioned("the old man in the red coat feeds seven grey pigeons and goes")),
                List.of(benchmark));

        assertThat(counts.get("samples/dropped/leak: words of bench.json")).isEqualTo(1);
        assertThat(counts.get("samples/kept")).isEqualTo(1);
    }

    @Test
    void realPicturesAreToldApart() throws Exception {
        for (String domain : List.of("natural", "ocr", "document")) {
            Path regions = Path.of(System.getProperty("sphinxv.shared", "../../shared"))
                    .resolve("data/regions")
                    .resolve(domain);
            assumeTrue(Files.exists(regions), "the labelled pictures lie in ../shared, which is not here");
            List<Path> files;
            try (var all = Files.list(regions)) {
                files = all.filter(Files::isRegularFile).sorted().toList();
            }
            var prints = files.stream().map(LeakAndDuplicateTest::print).toList();
            assertThat(files).hasSizeGreaterThan(15);
            for (int i = 0; i < prints.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(prints.get(i).isNear(prints.get(j)))
                            .as("%s and %s", files.get(i), files.get(j))
                            .isFalse();
                }
            }
        }
    }

    private static Fingerprint print(Path file) {
        try {
            return Fingerprint.of(file).orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private Map<String, Long> build(Path lines, List<Path> benchmarks) throws Exception {
        var config = new BuildConfig(2, 0, 0.5);
        var input = BuildInput.of(List.of(lines), benchmarks, config, Pictures.parse(folder.toString()), false);
        return BuildJob.run(input, folder.resolve("out"), 2, QUIET);
    }

    private Path write(AnnotatedPicture... pictures) throws IOException {
        var lines = new StringBuilder();
        for (AnnotatedPicture picture : pictures) {
            lines.append(picture.line()).append('\n');
        }
        return Files.writeString(folder.resolve("lines.jsonl"), lines);
    }

    private static AnnotatedPicture picture(String source, String image, String label) {
        return new AnnotatedPicture(
                source,
                image,
                image,
                PictureDomain.NATURAL,
                400,
                400,
                "CC BY 4.0",
                List.of(Part.of(new double[] {1, 1, 50, 50}, label)),
                List.of(),
                List.of(),
                List.of());
    }

    private static AnnotatedPicture captioned(String caption) {
        return new AnnotatedPicture(
                "sharegpt4v",
                caption,
                "x.jpg",
                PictureDomain.NATURAL,
                400,
                400,
                "CC BY 4.0",
                List.of(),
                List.of(new Caption(caption, List.of())),
                List.of(),
                List.of());
    }

    private static int bits(Fingerprint a, Fingerprint b) {
        int bits = 0;
        for (int i = 0; i < a.looks().length; i++) {
            bits += Long.bitCount(a.looks()[i] ^ b.looks()[i]);
        }
        return bits;
    }

    /** A shop's head and foot, and between them words as bars of a line's height, which follow from the seed. */
    private Path receipt(String name, int seed, double scale) throws IOException {
        var random = new SplittableRandom(seed);
        var image = new BufferedImage((int) (400 * scale), (int) (900 * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(scale, scale);
        graphics.setColor(Color.DARK_GRAY);
        graphics.fillRect(80, 40, 240, 26);
        graphics.fillRect(60, 85, 280, 10);
        graphics.fillRect(90, 830, 220, 14);
        for (int line = 0; line < 5; line++) {
            for (int x = 60; x < 190; ) { // the goods, in letters of 6 pixels; the price is at the right
                int letters = 2 + random.nextInt(6);
                graphics.fillRect(x, 150 + 120 * line, 6 * letters, 10);
                x += 6 * (letters + 1 + random.nextInt(4));
            }
            int digits = 3 + random.nextInt(3);
            graphics.fillRect(340 - 8 * digits, 150 + 120 * line, 8 * digits, 10);
        }
        graphics.dispose();
        Path file = folder.resolve(name);
        ImageIO.write(image, name.endsWith("jpg") ? "jpeg" : "png", file.toFile());
        return file;
    }

    /** Thirty discs that follow from the seed, in a square of that side. */
    private Path draw(String name, int seed, int side) throws IOException {
        var random = new SplittableRandom(seed);
        var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.scale(side / 400.0, side / 400.0);
        for (int i = 0; i < 30; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(random.nextInt(400) - 50, random.nextInt(400) - 50, 150, 150);
        }
        graphics.dispose();
        Path file = folder.resolve(name);
        ImageIO.write(image, name.endsWith("jpg") ? "jpeg" : "png", file.toFile());
        return file;
    }
}
