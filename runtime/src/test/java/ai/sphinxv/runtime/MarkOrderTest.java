package ai.sphinxv.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The same regions under other numbers, on a trained model: {@code -Dsphinxv.bundle} or the embedded one. What the model makes
 * of a mark is exactly the mark's own and its number's; what it says of one has others before it, as all text has.
 */
@Timeout(120)
class MarkOrderTest {
    private static final Path BUNDLE =
            Path.of(System.getProperty("sphinxv.bundle", "../functions/src/main/resources/nano"));
    private static final String QUESTION = "Please identify the labels of each marked region in the image.";

    /** Of numbers around 1: what another order of additions leaves. */
    private static final float TOLERANCE = 1e-4f;

    private static final int PICTURES = 10;
    private static final int REGIONS = 4;

    /** How many regions of a hundred may be called otherwise under another number. */
    private static final int OTHERWISE = 10;

    private static SphinxV model;

    @BeforeAll
    static void open() {
        assumeTrue(Files.exists(BUNDLE.resolve("sphinxv.json")), BUNDLE + " has no model");
        model = SphinxV.open(BUNDLE, RuntimeOptions.defaults());
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    /** One and the same vector tells slot i from slot j, whatever the mark in them. */
    @Test
    void aMarkIsTheSameInEverySlotButForTheSlotsOwnVector() {
        for (int picture = 0; picture < PICTURES; picture++) {
            var scene = Scene.drawn(picture);
            SeenImage seen = model.see(scene.image);
            List<VisualPrompt> turned = scene.marks.reversed();
            float[] there = model.see(seen, scene.marks).embeds();
            float[] back = model.see(seen, turned).embeds();
            for (int mark = 0; mark < REGIONS; mark++) {
                int other = REGIONS - 1 - mark;
                float[] own = minus(slot(there, mark), slot(back, other)); // the same mark in two slots
                float[] others = minus(slot(back, mark), slot(there, other)); // another mark in the same two
                assertThat(own)
                        .as("picture %d, mark %d", picture, mark + 1)
                        .containsExactly(others, Offset.offset(TOLERANCE));
            }
        }
    }

    @Test
    void whatIsSaidOfARegionHardlyDependsOnItsNumber() {
        int same = 0;
        var random = new Random(12);
        for (int picture = 0; picture < PICTURES; picture++) {
            var scene = Scene.drawn(picture);
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, REGIONS).boxed().toList());
            while (order.equals(order.stream().sorted().toList())) {
                Collections.shuffle(order, random);
            }
            List<VisualPrompt> renumbered = order.stream().map(scene.marks::get).toList();

            Map<Integer, String> before = labels(scene.image, scene.marks);
            Map<Integer, String> after = labels(scene.image, renumbered);

            assertThat(before).hasSize(REGIONS);
            assertThat(after).hasSize(REGIONS);
            for (int i = 0; i < REGIONS; i++) {
                if (after.getOrDefault(i + 1, "").equals(before.get(order.get(i) + 1))) {
                    same++;
                }
            }
        }
        System.out.printf("Marks in another order: %d of %d regions are called the same%n", same, PICTURES * REGIONS);
        assertThat(100 * same).isGreaterThanOrEqualTo((100 - OTHERWISE) * PICTURES * REGIONS);
    }

    @Test
    void aBoxIsTheStrokeAroundIt() {
        var scene = Scene.drawn(0);
        SeenImage seen = model.see(scene.image);
        List<VisualPrompt> strokes = scene.marks.stream()
                .map(mark -> (Box) mark)
                .<VisualPrompt>map(box -> new Stroke(List.of(
                        new Point(box.x1(), box.y1()),
                        new Point(box.x2(), box.y1()),
                        new Point(box.x2(), box.y2()),
                        new Point(box.x1(), box.y2()),
                        new Point(box.x1(), box.y1()))))
                .toList();

        assertThat(model.see(seen, strokes).embeds())
                .isEqualTo(model.see(seen, scene.marks).embeds());
    }

    private static Map<Integer, String> labels(RgbImage image, List<VisualPrompt> marks) {
        var labels = new TreeMap<Integer, String>();
        for (MarkAnswer answer :
                model.answer(Question.of(image, marks, QUESTION)).marks()) {
            labels.put(answer.mark(), answer.text());
        }
        return labels;
    }

    /** Behind the token that begins the marks. */
    private static float[] slot(float[] embeds, int slot) {
        int width = model.config().language().width();
        return Arrays.copyOfRange(embeds, (slot + 1) * width, (slot + 2) * width);
    }

    private static float[] minus(float[] a, float[] b) {
        float[] difference = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    /** Plain shapes on a plain ground, with a box around each. */
    private record Scene(RgbImage image, List<VisualPrompt> marks) {
        private static final int SIZE = 320;
        private static final List<Color> COLORS =
                List.of(Color.RED, Color.BLUE, Color.GREEN, Color.YELLOW, Color.BLACK);

        static Scene drawn(int seed) {
            var random = new Random(seed);
            var picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_3BYTE_BGR);
            var pen = picture.createGraphics();
            pen.setColor(new Color(235, 235, 228));
            pen.fillRect(0, 0, SIZE, SIZE);
            var marks = new ArrayList<VisualPrompt>();
            for (int i = 0; i < REGIONS; i++) {
                int side = 60 + random.nextInt(60);
                int x = i % 2 * SIZE / 2 + random.nextInt(SIZE / 2 - side);
                int y = i / 2 * SIZE / 2 + random.nextInt(SIZE / 2 - side);
                pen.setColor(COLORS.get(random.nextInt(COLORS.size())));
                if (random.nextBoolean()) {
                    pen.fillOval(x, y, side, side);
                } else {
                    pen.fillRect(x, y, side, side);
                }
                marks.add(new Box(x, y, x + side, y + side));
            }
            pen.dispose();
            byte[] rgb = new byte[3 * SIZE * SIZE];
            for (int i = 0; i < SIZE * SIZE; i++) {
                int pixel = picture.getRGB(i % SIZE, i / SIZE);
                rgb[3 * i] = (byte) (pixel >> 16);
                rgb[3 * i + 1] = (byte) (pixel >> 8);
                rgb[3 * i + 2] = (byte) pixel;
            }
            return new Scene(new RgbImage(SIZE, SIZE, rgb), marks);
        }
    }
}
