package ai.sphinxv.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PromptSlotsTest {
    private static final PaddedSquare SQUARE = new PaddedSquare(100, 100, Padding.AROUND);

    @Test
    void boxesLieWhereTheReleasedCodePutsThem() {
        // reference-model 3.5: example 1.jpg and its boxes, which are x, y, width, height there
        var square = new PaddedSquare(1280, 720, Padding.AROUND);
        List<VisualPrompt> boxes = List.of(
                new Box(49, 239, 49 + 245, 239 + 421),
                new Box(724, 57, 724 + 130, 57 + 179),
                new Box(386, 274, 386 + 452, 274 + 348));

        var slots = PromptSlots.of(boxes, square, 10);

        assertThat(slots.corners()).hasSize(40);
        assertThat(slots.corners())
                .startsWith(
                        0.038f, 0.405f, 0.230f, 0.734f, //
                        0.566f, 0.263f, 0.667f, 0.403f, //
                        0.302f, 0.433f, 0.655f, 0.705f, //
                        0, 0, 0, 0);
        assertThat(slots.isBox()).containsExactly(1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
        assertThat(slots.isValid()).containsExactly(1, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void aPointRepeatsItsPlace() {
        var slots = PromptSlots.of(List.of(new Point(25, 75)), SQUARE, 2);

        assertThat(slots.corners()).containsExactly(0.25f, 0.75f, 0.25f, 0.75f, 0, 0, 0, 0);
        assertThat(slots.isBox()).containsExactly(0, 0);
        assertThat(slots.isValid()).containsExactly(1, 0);
    }

    @Test
    void pointAtTheOriginIsValid() {
        var slots = PromptSlots.of(List.of(new Point(0, 0)), SQUARE, 3);

        assertThat(slots.isValid()).containsExactly(1, 0, 0);
        assertThat(slots.corners()).startsWith(0, 0, 0, 0);
    }

    @Test
    void kindsMayBeMixed() {
        var stroke = new Stroke(List.of(new Point(10, 20), new Point(30, 60)));

        var slots = PromptSlots.of(List.of(new Point(1, 2), stroke), SQUARE, 2);

        assertThat(slots.corners()).containsExactly(0.01f, 0.02f, 0.01f, 0.02f, 0.1f, 0.2f, 0.3f, 0.6f);
        assertThat(slots.isBox()).containsExactly(0, 1);
    }

    @Test
    void aStrokeAlongTheEdgeStaysInThePicture() {
        var stroke = new Stroke(List.of(new Point(100, 0), new Point(100, 100)));

        var slots = PromptSlots.of(List.of(stroke), SQUARE, 1);

        assertThat(slots.corners()).containsExactly(0.995f, 0, 1, 1);
    }

    @Test
    void aPolygonAndAMaskLieWhereTheBoxAroundThemLies() {
        var polygon = new Polygon(List.of(List.of(new Point(10, 20), new Point(30, 20), new Point(20, 60))));
        var mask = new Mask(100, 100, new int[] {1020, 41, 1959, 41, 6939});

        var slots = PromptSlots.of(List.of(polygon, mask, new Box(10, 20, 30, 60)), SQUARE, 3);

        assertThat(slots.corners())
                .containsExactly(0.1f, 0.2f, 0.3f, 0.6f, 0.1f, 0.2f, 0.3f, 0.6f, 0.1f, 0.2f, 0.3f, 0.6f);
        assertThat(slots.isBox()).containsExactly(1, 1, 1);
    }

    @Test
    void askingTwiceGivesTheSame() {
        List<VisualPrompt> marks = List.of(new Box(10, 10, 20, 20));

        assertThat(PromptSlots.of(marks, SQUARE, 10).corners())
                .isEqualTo(PromptSlots.of(marks, SQUARE, 10).corners());
    }

    /** Any marks of any kinds in any order, some without extent: reference-model 3.5, written down once more. */
    @Test
    void anyMarksLieWhereTheReferencePutsThemAndAreNotChanged() {
        var random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            int width = 1 + random.nextInt(2000);
            int height = 1 + random.nextInt(2000);
            List<VisualPrompt> marks = new ArrayList<>();
            for (int mark = 1 + random.nextInt(10); mark > 0; mark--) {
                marks.add(anyMark(random, width, height));
            }
            var before = List.copyOf(marks);
            String written = marks.toString();

            var slots = PromptSlots.of(marks, new PaddedSquare(width, height, Padding.AROUND), 10);

            assertThat(marks).isEqualTo(before).hasToString(written);
            for (int slot = 0; slot < 10; slot++) {
                boolean isMark = slot < marks.size();
                assertThat(slots.isValid()[slot]).isEqualTo(isMark ? 1 : 0);
                double[] expected = isMark ? placed(marks.get(slot), width, height) : new double[4];
                for (int i = 0; i < 4; i++) {
                    assertThat((double) slots.corners()[4 * slot + i])
                            .as("%s in %dx%d", written, width, height)
                            .isCloseTo(expected[i], within(1e-6));
                }
                assertThat(slots.isBox()[slot]).isEqualTo(isMark && !(marks.get(slot) instanceof Point) ? 1 : 0);
            }
        }
    }

    private static VisualPrompt anyMark(Random random, int width, int height) {
        double x1 = width * random.nextDouble();
        double y1 = height * random.nextDouble();
        double x2 = random.nextInt(4) == 0 ? x1 : x1 + (width - x1) * random.nextDouble();
        double y2 = random.nextInt(4) == 0 ? y1 : y1 + (height - y1) * random.nextDouble();
        return switch (random.nextInt(3)) {
            case 0 -> new Point(x1, y1);
            case 1 -> new Box(x1, y1, Math.min(width, x2 + 1e-3), Math.min(height, y2 + 1e-3));
            default -> new Stroke(List.of(new Point(x2, y1), new Point(x1, y2), new Point(x1, y1)));
        };
    }

    /** Shifted by half of what the longer side is longer by, divided by it, rounded to three decimals. */
    private static double[] placed(VisualPrompt mark, int width, int height) {
        double[] box = switch (mark) {
            case Point point -> new double[] {point.x(), point.y(), point.x(), point.y()};
            case Box given -> new double[] {given.x1(), given.y1(), given.x2(), given.y2()};
            case FreeForm form -> {
                Box around = form.boundingBox();
                yield new double[] {
                    Math.max(0, around.x1()),
                    Math.max(0, around.y1()),
                    Math.min(width, around.x2()),
                    Math.min(height, around.y2())
                };
            }
        };
        int side = Math.max(width, height);
        for (int i = 0; i < 4; i++) {
            int pad = (side - (i % 2 == 0 ? width : height)) / 2;
            box[i] = Math.rint((box[i] + pad) / side * 1000) / 1000;
        }
        return box;
    }

    @Test
    void noMarkAndTooManyMarksAreRefused() {
        assertThatThrownBy(() -> PromptSlots.of(List.of(), SQUARE, 10))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("a question takes 1 to 10 visual prompts, got 0");
        assertThatThrownBy(() -> PromptSlots.of(Collections.nCopies(11, new Point(1, 1)), SQUARE, 10))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("a question takes 1 to 10 visual prompts, got 11");
    }

    @Test
    void aMarkOutsideThePictureIsNamed() {
        var wide = new PaddedSquare(100, 50, Padding.AROUND);

        assertThatThrownBy(() -> PromptSlots.of(List.of(new Point(1, 1), new Point(1, 51)), wide, 10))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("mark 2 lies outside the picture: point (1.0, 51.0) is not within 100x50 pixels");
        assertThatThrownBy(() -> PromptSlots.of(List.of(new Box(1, 1, 101, 5)), wide, 10))
                .hasMessage("mark 1 lies outside the picture: box corner (101.0, 5.0) is not within 100x50 pixels");
        assertThatThrownBy(() -> PromptSlots.of(List.of(new Stroke(List.of(new Point(-1, 0)))), wide, 10))
                .hasMessage("mark 1 lies outside the picture: stroke point (-1.0, 0.0) is not within 100x50 pixels");
        assertThatThrownBy(() -> PromptSlots.of(
                        List.of(new Polygon(List.of(List.of(new Point(1, 1), new Point(9, 1), new Point(5, 99))))),
                        wide,
                        10))
                .hasMessage("mark 1 lies outside the picture: polygon corner (5.0, 99.0) is not within 100x50 pixels");
    }

    @Test
    void aMaskIsAsLargeAsThePicture() {
        var wide = new PaddedSquare(100, 50, Padding.AROUND);

        assertThatThrownBy(() ->
                        PromptSlots.of(List.of(new Point(1, 1), new Mask(50, 100, new int[] {0, 5000})), wide, 10))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage(
                        "mark 2 is a mask of 50x100 pixels, the picture has 100x50 (its size is height, then width)");
    }
}
