package ai.sphinxv.functions.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkRequestTest {
    @Test
    void eachFormBecomesItsMark() {
        assertThat(new MarkRequest(List.of(1.0, 2.0), null, null).toPrompt(1, 10))
                .isEqualTo(new Point(1, 2));
        assertThat(new MarkRequest(null, List.of(1.0, 2.0, 3.0, 4.0), null).toPrompt(1, 10))
                .isEqualTo(new Box(1, 2, 3, 4));
        assertThat(new MarkRequest(null, null, List.of(List.of(1.0, 2.0))).toPrompt(1, 10))
                .isEqualTo(new Stroke(List.of(new Point(1, 2))));
    }

    @Test
    void noFormOrTwoAreNoMark() {
        refused(new MarkRequest(null, null, null), "mark 3 needs exactly one of point, box and stroke, got none");
        refused(
                new MarkRequest(List.of(1.0, 2.0), null, List.of()),
                "mark 3 needs exactly one of point, box and stroke, got point and stroke");
    }

    @Test
    void tooFewNumbersAreCounted() {
        refused(new MarkRequest(List.of(1.0), null, null), "mark 3: point needs 2 numbers [x, y], got 1");
        refused(
                new MarkRequest(null, List.of(1.0, 2.0, 3.0), null),
                "mark 3: box needs 4 numbers [x1, y1, x2, y2], got 3");
        refused(
                new MarkRequest(null, null, List.of(List.of(1.0, 2.0), List.of())),
                "mark 3: stroke point 2 needs 2 numbers [x, y], got 0");
        refused(
                new MarkRequest(Arrays.asList(1.0, null), null, null),
                "mark 3: point needs 2 numbers [x, y], got a null");
    }

    @Test
    void whatIsNoNumberIsNoPlace() {
        refused(new MarkRequest(List.of(Double.NaN, 1.0), null, null), "mark 3: x must be a finite number, got NaN");
        refused(
                new MarkRequest(List.of(1.0, Double.POSITIVE_INFINITY), null, null),
                "mark 3: y must be a finite number, got Infinity");
    }

    @Test
    void aStrokeHasALimitOfPoints() {
        var twelve = java.util.Collections.nCopies(12, List.of(1.0, 1.0));
        refused(new MarkRequest(null, null, List.copyOf(twelve)), "mark 3: a stroke has at most 10 points, got 12");
        refused(new MarkRequest(null, null, List.of()), "mark 3: a stroke needs at least one point, got none");
    }

    private static void refused(MarkRequest mark, String message) {
        assertThatThrownBy(() -> mark.toPrompt(3, 10))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage(message);
    }
}
