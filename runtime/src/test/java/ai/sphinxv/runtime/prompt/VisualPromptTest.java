package ai.sphinxv.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.image.Extent;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisualPromptTest {
    @Test
    void aStrokeHasTheBoxAroundItsPoints() {
        var stroke = new Stroke(List.of(new Point(5, 9), new Point(2, 4), new Point(8, 6)));

        assertThat(stroke.boundingBox()).isEqualTo(new Box(2, 4, 8, 9));
    }

    @Test
    void aStraightStrokeIsWidenedToOnePixel() {
        assertThat(new Stroke(List.of(new Point(3, 1), new Point(3, 8))).boundingBox())
                .isEqualTo(new Box(2.5, 1, 3.5, 8));
        assertThat(new Stroke(List.of(new Point(3, 1))).boundingBox()).isEqualTo(new Box(2.5, 0.5, 3.5, 1.5));
    }

    @Test
    void aBoxOrAStrokeCoversItsBoxAndAPointATwelfthOfThePicture() {
        var picture = new RgbImage(24, 12, new byte[24 * 12 * 3]);

        assertThat(new Box(2, 4, 8, 9).extent(picture)).isEqualTo(new Extent(2, 4, 8, 9));
        assertThat(new Stroke(List.of(new Point(2, 9), new Point(8, 4))).extent(picture))
                .isEqualTo(new Extent(2, 4, 8, 9));
        assertThat(new Point(5, 7).extent(picture)).isEqualTo(new Extent(4, 6, 6, 8));
    }

    @Test
    void thePointIsAMarkInTheWordsAndTheRestAreRegions() {
        assertThat(new Point(5, 7).tag(1)).isEqualTo("<Mark 1>");
        assertThat(new Box(2, 4, 8, 9).tag(2)).isEqualTo("<Region 2>");
        assertThat(new Stroke(List.of(new Point(2, 9))).tag(3)).isEqualTo("<Region 3>");
    }

    @Test
    void aBoxIsNotTurnedAround() {
        assertThatThrownBy(() -> new Box(5, 1, 2, 3))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("a box needs x1 < x2 and y1 < y2, got (5.0, 1.0, 2.0, 3.0)");
    }

    @Test
    void aCoordinateIsANumber() {
        assertThatThrownBy(() -> new Point(1, Double.NaN))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("y must be a finite number, got NaN");
        assertThatThrownBy(() -> new Box(0, 0, Double.POSITIVE_INFINITY, 1))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("x2 must be a finite number, got Infinity");
    }

    @Test
    void aStrokeHasPoints() {
        assertThatThrownBy(() -> new Stroke(List.of()))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("a stroke needs at least one point, got none");
    }
}
