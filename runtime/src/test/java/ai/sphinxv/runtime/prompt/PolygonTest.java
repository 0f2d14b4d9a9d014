package ai.sphinxv.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolygonTest {
    private static final List<Point> SQUARE = ring(0, 0, 9, 0, 9, 9, 0, 9);

    @Test
    void aPolygonHasTheBoxAroundAllItsRings() {
        assertThat(polygon(ring(5, 9, 2, 4, 8, 6)).boundingBox()).isEqualTo(new Box(2, 4, 8, 9));
        assertThat(polygon(SQUARE, ring(20, 3, 22, 3, 21, 12)).boundingBox()).isEqualTo(new Box(0, 0, 22, 12));
    }

    @Test
    void aHoleAndPartsThatTouchAreFine() {
        assertThat(polygon(SQUARE, ring(3, 3, 6, 3, 6, 6, 3, 6)).rings()).hasSize(2);
        assertThat(polygon(SQUARE, ring(9, 0, 12, 0, 9, 9)).rings()).hasSize(2);
        assertThat(polygon(ring(0, 0, 4, 0, 4, 4, 0, 4, 0, 0)).boundingBox()).isEqualTo(new Box(0, 0, 4, 4));
    }

    @Test
    void aRingThatCrossesItselfIsRefusedWithThePlace() {
        assertThatThrownBy(() -> polygon(SQUARE, ring(20, 0, 30, 10, 30, 0, 20, 10)))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("a polygon's edges may not cross: edge 1 of ring 2, from (20.0, 0.0),"
                        + " crosses edge 3 of ring 2, from (30.0, 0.0)");
    }

    @Test
    void ringsThatCrossEachOtherAreRefused() {
        assertThatThrownBy(() -> polygon(SQUARE, ring(5, 5, 15, 5, 15, 6)))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessageContaining("edge 2 of ring 1, from (9.0, 0.0), crosses edge 1 of ring 2, from (5.0, 5.0)");
    }

    @Test
    void whatHasNoAreaIsNoRing() {
        refused("a polygon needs at least one ring, got none");
        refused("ring 2 of a polygon needs at least 3 corners, got 2", SQUARE, ring(5, 9, 2, 4));
        refused("ring 1 of a polygon has no area: its corners lie on one line", ring(1, 1, 2, 2, 5, 5, 3, 3));
        refused("ring 1 of a polygon has no area: its corners lie on one line", ring(1, 1, 1, 1, 1, 1));
    }

    @Test
    void aPolygonHasALimitOfCorners() {
        refused(
                "a polygon has at most 10000 corners, got 10004",
                SQUARE,
                List.copyOf(Collections.nCopies(2_500, SQUARE)).stream()
                        .flatMap(List::stream)
                        .toList());
    }

    @SafeVarargs
    private static void refused(String message, List<Point>... rings) {
        assertThatThrownBy(() -> polygon(rings))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage(message);
    }

    @SafeVarargs
    private static Polygon polygon(List<Point>... rings) {
        return new Polygon(Arrays.asList(rings));
    }

    private static List<Point> ring(double... xy) {
        var corners = new Point[xy.length / 2];
        Arrays.setAll(corners, i -> new Point(xy[2 * i], xy[2 * i + 1]));
        return List.of(corners);
    }
}
