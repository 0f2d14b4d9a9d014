package ai.sphinxv.training.augment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.Mask;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaskPointsTest {
    @Test
    void everyPointOfARealObjectLiesInItsMask() {
        var scene = new SceneGenerator(Catalog.open(), 3).scene(1);
        var random = new SplittableRandom(1);

        for (SceneObject object : scene.objects()) {
            for (int i = 0; i < 200; i++) {
                var point = MaskPoints.draw(object.mask(), random);
                assertThat(object.mask().contains((int) point.x(), (int) point.y()))
                        .isTrue();
            }
        }
    }

    @Test
    void pointsAreTheCentresOfTheMasksPixelsAndOfAllOfThem() {
        var random = new SplittableRandom(1);
        var drawn = new HashSet<Point>();

        for (int i = 0; i < 200; i++) {
            drawn.add(MaskPoints.draw(new Mask(10, new int[] {3, 25, 99}), random));
        }

        assertThat(drawn).containsExactlyInAnyOrder(new Point(3.5, 0.5), new Point(5.5, 2.5), new Point(9.5, 9.5));
    }
}
