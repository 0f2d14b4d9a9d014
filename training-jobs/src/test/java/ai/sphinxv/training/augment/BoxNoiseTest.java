package ai.sphinxv.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BoxNoiseTest {
    private static final int SAMPLES = 20_000;

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void aBoxMovesByWholePixelsUpToAnEighthOfItsSize() {
        var box = new Box(100, 200, 133, 247); // 33 x 47: at most 4 across, 5 down
        var across = new TreeSet<Double>();
        var down = new TreeSet<Double>();

        for (int i = 0; i < SAMPLES; i++) {
            var noisy = BoxNoise.jitter(box, 1000, 1000, random);
            across.add(noisy.x1() - 100);
            down.add(noisy.y1() - 200);
        }

        assertThat(across).containsExactly(-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(down).containsExactly(-5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
    }

    @Test
    void aBoxGrowsAndShrinksByUpToFifteenPercent() {
        var box = new Box(100, 200, 133, 247);
        var widths = new TreeSet<Double>();
        var heights = new TreeSet<Double>();

        for (int i = 0; i < SAMPLES; i++) {
            var noisy = BoxNoise.jitter(box, 1000, 1000, random);
            widths.add((noisy.x2() - noisy.x1()) / 33);
            heights.add((noisy.y2() - noisy.y1()) / 47);
        }

        assertThat(widths.first()).isCloseTo(0.85, within(0.001));
        assertThat(widths.last()).isCloseTo(1.15, within(0.001));
        assertThat(heights.first()).isCloseTo(0.85, within(0.001));
        assertThat(heights.last()).isCloseTo(1.15, within(0.001));
    }

    @Test
    void aBoxNeverLeavesThePicture() {
        for (int i = 0; i < SAMPLES; i++) {
            var noisy = BoxNoise.jitter(new Box(0, 10, 64, 50), 64, 50, random);

            assertThat(noisy.x1()).isBetween(0.0, 64.0);
            assertThat(noisy.x2()).isBetween(0.0, 64.0);
            assertThat(noisy.y1()).isBetween(0.0, 50.0);
            assertThat(noisy.y2()).isBetween(0.0, 50.0);
            assertThat((noisy.x2() - noisy.x1()) * (noisy.y2() - noisy.y1())).isPositive();
        }
    }

    @Test
    void aBoxNarrowerThanEightPixelsStaysWhereItIs() {
        for (int i = 0; i < SAMPLES; i++) {
            var noisy = BoxNoise.jitter(new Box(50, 60, 57, 61), 100, 100, random);

            assertThat(noisy.x1()).isEqualTo(50);
            assertThat(noisy.y1()).isEqualTo(60);
            assertThat(noisy.x2()).isBetween(50 + 0.85 * 7, 50 + 1.15 * 7);
            assertThat(noisy.y2()).isBetween(60 + 0.85, 60 + 1.15);
        }
    }

    @Test
    void aBoxOutsideThePictureIsLeftAsItWas() {
        var outside = new Box(200, 200, 210, 210);

        assertThat(BoxNoise.jitter(outside, 100, 100, random)).isEqualTo(outside);
    }
}
