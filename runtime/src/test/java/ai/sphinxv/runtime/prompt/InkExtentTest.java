package ai.sphinxv.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Words are checks of black and white on white, as letters are for whom they are too small. */
class InkExtentTest {
    private static final int WIDTH = 400;

    private final RgbImage picture = new RgbImage(WIDTH, 100, white());

    @Test
    void aLineThatIsCutAtBothEndsIsTakenWhole() {
        ink(40, 100, 40, 60);
        ink(108, 180, 40, 60); // a word's gap before it

        assertThat(InkExtent.of(picture, scribble(new Box(50, 43, 165, 57)))).isEqualTo(new Box(40, 40, 180, 60));
    }

    @Test
    void aWordBesideTheMarkThatGoesOnOutOfReachIsLeftOutButTheCutOneIsFinished() {
        ink(40, 100, 40, 60);
        ink(108, 300, 40, 60);

        assertThat(InkExtent.of(picture, scribble(new Box(40, 40, 95, 60)))).isEqualTo(new Box(40, 40, 100, 60));
    }

    @Test
    void whatStandsApartIsLeftOut() {
        ink(40, 140, 40, 60);
        ink(165, 175, 40, 60);
        ink(40, 140, 66, 86);

        assertThat(InkExtent.of(picture, scribble(new Box(45, 40, 135, 60)))).isEqualTo(new Box(40, 40, 140, 60));
    }

    @Test
    void aMarkThatIsLargerThanItsTextStays() {
        ink(40, 140, 40, 60);

        assertThat(InkExtent.of(picture, scribble(new Box(30.5, 35.5, 150.5, 65.5))))
                .isEqualTo(new Box(30.5, 35.5, 150.5, 65.5));
    }

    @Test
    void aScribbleDoesNotReachTheNextColumn() {
        ink(40, 140, 40, 60);
        ink(155, 165, 40, 60);

        assertThat(InkExtent.of(picture, scribble(new Box(45, 40, 130, 60)))).isEqualTo(new Box(40, 40, 140, 60));
    }

    @Test
    void aLoopAroundALineLeavesOutTheNumberBeforeItAndTheColumnAfterIt() {
        ink(40, 48, 40, 60);
        ink(64, 240, 40, 60);
        ink(258, 380, 40, 60);

        assertThat(InkExtent.of(picture, loop(new Box(44.5, 37.5, 262.5, 62.5))))
                .isEqualTo(new Box(63, 37.5, 241, 62.5));
    }

    @Test
    void aLoopKeepsWordsThatAreAWordsGapApart() {
        ink(40, 48, 40, 60);
        ink(55, 240, 40, 60);

        assertThat(InkExtent.of(picture, loop(new Box(36, 37, 246, 63)))).isEqualTo(new Box(36, 37, 246, 63));
    }

    @Test
    void aLoopDoesNotGrow() {
        ink(40, 140, 40, 60);

        assertThat(InkExtent.of(picture, loop(new Box(50, 37, 144, 63)))).isEqualTo(new Box(50, 37, 144, 63));
    }

    @Test
    void anEmptyLoopStays() {
        assertThat(InkExtent.of(picture, loop(new Box(10, 10, 200, 80)))).isEqualTo(new Box(10, 10, 200, 80));
    }

    @Test
    void whereNothingBlankIsNearAMarkStays() {
        ink(0, WIDTH, 0, 100);

        assertThat(InkExtent.of(picture, scribble(new Box(100, 40, 200, 60)))).isEqualTo(new Box(100, 40, 200, 60));
    }

    @Test
    void whereThereIsNoInkAMarkStays() {
        assertThat(InkExtent.of(picture, scribble(new Box(10, 10, 20, 20)))).isEqualTo(new Box(10, 10, 20, 20));
    }

    @Test
    void theEdgeOfThePictureIsBlank() {
        ink(0, WIDTH, 0, 20);

        assertThat(InkExtent.of(picture, scribble(new Box(20, 2, WIDTH - 20, 18))))
                .isEqualTo(new Box(0, 0, WIDTH, 20));
        assertThat(InkExtent.of(picture, scribble(new Box(0, 0, WIDTH, 100)))).isEqualTo(new Box(0, 0, WIDTH, 100));
    }

    /** Up and down the box, from its left to its right. */
    private static Stroke scribble(Box box) {
        return new Stroke(List.of(
                new Point(box.x1(), box.y1()),
                new Point((2 * box.x1() + box.x2()) / 3, box.y2()),
                new Point((box.x1() + 2 * box.x2()) / 3, box.y1()),
                new Point(box.x2(), box.y2())));
    }

    /** Around the box, along its edges. */
    private static Stroke loop(Box box) {
        return new Stroke(List.of(
                new Point(box.x1(), box.y1()),
                new Point(box.x2(), box.y1()),
                new Point(box.x2(), box.y2()),
                new Point(box.x1(), box.y2())));
    }

    private static byte[] white() {
        byte[] rgb = new byte[WIDTH * 100 * 3];
        Arrays.fill(rgb, (byte) 255);
        return rgb;
    }

    private void ink(int x1, int x2, int y1, int y2) {
        for (int y = y1; y < y2; y++) {
            for (int x = x1; x < x2; x++) {
                if ((x + y) % 2 == 0) {
                    Arrays.fill(picture.rgb(), 3 * (y * WIDTH + x), 3 * (y * WIDTH + x) + 3, (byte) 0);
                }
            }
        }
    }
}
