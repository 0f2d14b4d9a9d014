package ai.sphinxv.training.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutlineRingsTest {
    @Test
    void aRectangleHasFourCorners() {
        var rectangle =
                new Outline(List.of(), new int[] {12, 3, 7, 3, 75}); // rows 2 to 4 of columns 1 and 2, of 10 by 10

        assertThat(rectangle.rings(10))
                .singleElement()
                .satisfies(ring -> assertThat(ring)
                        .hasSize(8)
                        .containsSequence(1, 2)
                        .containsSequence(3, 2)
                        .containsSequence(3, 5)
                        .containsSequence(1, 5));
    }

    @Test
    void polygonsAreTheirOwnRings() {
        var triangle = new double[] {1, 1, 8, 1, 8, 8};

        assertThat(new Outline(List.of(triangle), new int[0]).rings(10)).containsExactly(triangle);
    }

    @Test
    void thePixelsInsideTheRingsAreTheRunsPixelsWhateverTheirForm() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            int width = 1 + random.nextInt(9);
            int height = 1 + random.nextInt(9);
            Outline mask = random(random, width * height);
            var rings = new Outline(mask.rings(height), new int[0]);

            for (int x = 0; x < width; x++) {
                for (int y = 0; y < height; y++) {
                    assertThat(rings.contains(x + 0.5, y + 0.5, height))
                            .as("seed %d, pixel %d %d", seed, x, y)
                            .isEqualTo(mask.contains(x + 0.5, y + 0.5, height));
                }
            }
        }
    }

    /** Runs of that many pixels in all. */
    private static Outline random(SplittableRandom random, int pixels) {
        var runs = new ArrayList<Integer>();
        for (int left = pixels; left > 0; ) {
            int run = Math.min(left, runs.isEmpty() ? random.nextInt(3) : 1 + random.nextInt(4));
            runs.add(run);
            left -= run;
        }
        return new Outline(List.of(), runs.stream().mapToInt(Integer::intValue).toArray());
    }
}
