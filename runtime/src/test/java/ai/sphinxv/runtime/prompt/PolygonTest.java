package ai.sphinxv.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolygonTest {
    private static final List<Point> SQUARE = ring(0, 0, 9, 0, 9, 9, 0, 9);

    @Test
    void aPolygonHasTheBoxAroundAllItsRings() {
        assertThat(new Polygon(List.of(ring(5, 9, 2, 4, 8, 6))).boundingBox()).isEqualTo(new Box(2, 4, 8, 9));
        assertThat(new Polygon(List.of(SQUARE, ring(20, 3, 22, 3, 21, 12))).boundingBox())
                .isEqualTo(new Box(0, 0, 22, 12));
    }

    @Test
    void aHoleAndPartsThatTouchAreFine() {
        assertThat(new Polygon(List.of(SQUARE, ring(3, 3, 6, 3, 6, 6, 3, 6))).rings())
                .hasSize(2);
        assertThat(new Polygon(List.of(SQUARE, ring(9, 0, 12, 0, 9, 9))).rings())
                .hasSize(2);
        assertThat(new Polygon(List.of(ring(0, 0, 4, 0, 4, 4, 0, 4, 0, 0))).boundingBox())
                .isEqualTo(new Box(0, 0, 4, 4));
    }

    @Test
    void edgesThatCrossAreRefusedWithTheirPlaces() {
        refused(
                "a polygon's edges may not cross: edge 1 of ring 2, from (20.0, 0.0),"
                        + " crosses edge 3 of ring 2, from (30.0, 0.0)",
                List.of(SQUARE, ring(20, 0, 30, 10, 30, 0, 20, 10)));
        refused(
                "a polygon's edges may not cross: edge 2 of ring 1, from (9.0, 0.0),"
                        + " crosses edge 1 of ring 2, from (5.0, 5.0)",
                List.of(SQUARE, ring(5, 5, 15, 5, 15, 6)));
    }

    @Test
    void whatHasNoAreaIsNoRing() {
        refused("a polygon needs at least one ring, got none", List.of());
        refused("ring 2 of a polygon needs at least 3 corners, got 2", List.of(SQUARE, ring(5, 9, 2, 4)));
        String flat = "ring 1 of a polygon has no area: its corners lie on one line";
        refused(flat, List.of(ring(1, 1, 2, 2, 5, 5, 3, 3)));
        refused(flat, List.of(ring(1, 1, 1, 1, 1, 1)));
    }

    @Test
    void aPolygonHasALimitOfCorners() {
        refused("a polygon has at most 10000 corners, got 10004", Collections.nCopies(2501, SQUARE));
    }

    private static void refused(String message, List<List<Point>> rings) {
        assertThatThrownBy(() -> new Polygon(rings))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage(message);
    }

    private static List<Point> ring(double... xy) {
        return IntStream.range(0, xy.length / 2)
                .mapToObj(i -> new Point(xy[2 * i], xy[2 * i + 1]))
                .toList();
    }
}
