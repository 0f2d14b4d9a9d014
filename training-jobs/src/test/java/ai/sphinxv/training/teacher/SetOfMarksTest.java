package ai.sphinxv.training.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.Sha256;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SetOfMarksTest {
    private static final int GREY = 0xc8c8c8;
    private static final int GREEN = 0x00ff00;
    private static final int RED = 0xff0000;

    @Test
    void aBoxIsAGreenRectangleAroundPixelsThatStayAsTheyAre() {
        RgbImage drawn = draw(new Box(60, 80, 200, 240));

        assertThat(pixel(drawn, 60, 160)).isEqualTo(GREEN);
        assertThat(pixel(drawn, 130, 240)).isEqualTo(GREEN);
        assertThat(pixel(drawn, 130, 160)).isEqualTo(GREY);
        assertThat(pixel(drawn, 250, 20)).isLessThan(GREY);
    }

    @Test
    void aPointIsAGreenDiscOnADarkenedPicture() {
        RgbImage drawn = draw(new Point(150, 150));

        assertThat(pixel(drawn, 150, 150)).isEqualTo(GREEN);
        assertThat(pixel(drawn, 170, 200)).isLessThan(GREY);
    }

    @Test
    void anOutlineIsARedPolygonThatClosesItself() {
        RgbImage drawn = draw(new Stroke(List.of(new Point(50, 50), new Point(250, 50), new Point(250, 250))));

        assertThat(pixel(drawn, 150, 50)).isEqualTo(RED);
        assertThat(pixel(drawn, 150, 150)).isEqualTo(RED); // on the line back to the first point
        assertThat(pixel(drawn, 210, 90)).isEqualTo(GREY);
        assertThat(pixel(drawn, 90, 210)).isLessThan(GREY);
    }

    @Test
    void aMaskIsOutlinedInRedAroundItsHolesToo() {
        var ring = List.of(
                new double[] {60, 60, 240, 60, 240, 240, 60, 240},
                new double[] {120, 120, 180, 120, 180, 180, 120, 180});

        RgbImage drawn = SetOfMarks.outline(grey(), List.of(ring));

        assertThat(pixel(drawn, 150, 60)).isEqualTo(RED);
        assertThat(pixel(drawn, 150, 120)).isEqualTo(RED);
        assertThat(pixel(drawn, 90, 90)).isEqualTo(GREY);
        assertThat(pixel(drawn, 150, 150)).isLessThan(GREY); // in the hole
        assertThat(count(drawn, 0xffffff)).isEqualTo(4 * Digits.dots(1).size());
    }

    @Test
    void everyMarkHasItsNumberInWhiteOnBlack() {
        RgbImage one = draw(new Box(60, 80, 200, 240));

        // the label stands on the box's upper left corner: 9 dots high, 7 across, of 2 pixels
        assertThat(pixel(one, 61, 63)).isZero();
        assertThat(pixel(one, 62 + 2 * 2, 64)).isEqualTo(0xffffff); // the top of a 1
        assertThat(count(one, 0xffffff)).isEqualTo(4 * Digits.dots(1).size());
    }

    @Test
    void noNumberHidesAnother() {
        var marks = IntStream.rangeClosed(1, 8)
                .<VisualPrompt>mapToObj(i -> new Point(150 + 20 * (i % 3), 150 + 20 * (i / 3)))
                .toList();
        int dots = IntStream.rangeClosed(1, 8).map(i -> Digits.dots(i).size()).sum();

        assertThat(count(SetOfMarks.draw(grey(), marks), 0xffffff)).isEqualTo(4 * dots);
    }

    @Test
    void aNumberAtTheEdgeStaysInsideThePicture() {
        for (var corner : List.of(new Point(0, 0), new Point(299, 0), new Point(0, 299), new Point(299, 299))) {
            assertThat(count(draw(corner), 0xffffff))
                    .isEqualTo(4 * Digits.dots(1).size());
        }
    }

    @Test
    void thePictureThatIsGivenStaysAsItIs() {
        RgbImage grey = grey();
        byte[] before = grey.rgb().clone();

        SetOfMarks.draw(grey, List.of(new Point(5, 5)));

        assertThat(grey.rgb()).isEqualTo(before);
    }

    @Test
    void theSameMarksGiveTheSamePixelsAndTheSameFile() {
        List<VisualPrompt> marks = List.of(new Point(20, 30), new Box(60.5, 80, 200, 240.25));

        RgbImage drawn = SetOfMarks.draw(grey(), marks);

        assertThat(Sha256.of(SetOfMarks.draw(grey(), marks).rgb())).isEqualTo(Sha256.of(drawn.rgb()));
        assertThat(ChatQuestion.Picture.png(drawn).bytes())
                .isEqualTo(ChatQuestion.Picture.png(drawn).bytes());
        assertThat(ImageDecoder.decode(ChatQuestion.Picture.png(drawn).bytes()).rgb())
                .isEqualTo(drawn.rgb());
    }

    private static RgbImage draw(VisualPrompt mark) {
        return SetOfMarks.draw(grey(), List.of(mark));
    }

    private static RgbImage grey() {
        byte[] rgb = new byte[300 * 300 * 3];
        Arrays.fill(rgb, (byte) 0xc8);
        return new RgbImage(300, 300, rgb);
    }

    private static long count(RgbImage image, int colour) {
        return IntStream.range(0, image.width() * image.height())
                .filter(i -> pixel(image, i % image.width(), i / image.width()) == colour)
                .count();
    }

    private static int pixel(RgbImage image, int x, int y) {
        int at = 3 * (y * image.width() + x);
        return (image.rgb()[at] & 0xff) << 16 | (image.rgb()[at + 1] & 0xff) << 8 | image.rgb()[at + 2] & 0xff;
    }
}
