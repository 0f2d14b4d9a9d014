package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class QuadrangleTest {
    private static final Quadrangle SQUARE = of("[[0, 0], [10, 0], [10, 10], [0, 10]]");

    @Test
    void halfOfASquareOverlapsItByAHalf() {
        assertThat(SQUARE.overlap(of("[[0, 0], [10, 0], [10, 5], [0, 5]]"))).isCloseTo(0.5, within(1e-12));
        assertThat(SQUARE.overlap(of("[[20, 0], [30, 0], [30, 5], [20, 5]]"))).isZero();
    }

    @Test
    void aTiltedQuadrangleIsCutByItsEdges() {
        Quadrangle diamond = of("[[5, 0], [10, 5], [5, 10], [0, 5]]");

        assertThat(diamond.area()).isCloseTo(50, within(1e-9));
        assertThat(SQUARE.intersection(diamond)).isCloseTo(50, within(1e-9));
    }

    @Test
    void cornersInTheWrongOrderAreRefused() {
        assertThatThrownBy(() -> of("[[0, 0], [0, 10], [10, 10], [10, 0]]"))
                .hasMessageContaining("corners in clockwise order is needed");
    }

    private static Quadrangle of(String points) {
        return Quadrangle.read(FieldTest.of(points));
    }
}
