package ai.sphinxv.training.augment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FreeFormTest {
    private static final Box BOX = new Box(40, 50, 80, 70);

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void theBoxAroundAStrokeOverlapsTheOneItMeans() {
        for (int i = 0; i < 2_000; i++) {
            var drawn = FreeForm.around(BOX, 200, 200, random).boundingBox();

            assertThat(overlap(drawn)).isGreaterThan(0.5);
        }
    }

    @Test
    void aStrokeNeverLeavesThePicture() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(FreeForm.around(new Box(0, 0, 100, 90), 100, 90, random).points())
                    .allMatch(point -> point.x() >= 0 && point.x() <= 100)
                    .allMatch(point -> point.y() >= 0 && point.y() <= 90);
        }
    }

    /** Intersection over union with the box that was meant. */
    private static double overlap(Box drawn) {
        double across = Math.min(drawn.x2(), BOX.x2()) - Math.max(drawn.x1(), BOX.x1());
        double down = Math.min(drawn.y2(), BOX.y2()) - Math.max(drawn.y1(), BOX.y1());
        double both = across * down;
        return both / (area(drawn) + area(BOX) - both);
    }

    private static double area(Box box) {
        return (box.x2() - box.x1()) * (box.y2() - box.y1());
    }
}
