package ai.sphinxv.training.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegionFilterTest {
    @Test
    void textThatHardlyDiffersFromItsGroundIsLeftOut() {
        FoundRegion line = region("text line", 10, 10, 60, 12);
        assertThat(RegionFilter.keep(List.of(line), picture(0xF0F0F0), 5, 1)).isEmpty();
        assertThat(RegionFilter.keep(List.of(line), picture(0x202020), 5, 1)).containsExactly(line);
    }

    @Test
    void whatIsTinyOrOutsideIsLeftOut() {
        List<FoundRegion> regions = List.of(region("button", 10, 10, 5, 20), region("button", 90, 10, 20, 20));
        assertThat(RegionFilter.keep(regions, picture(0), 5, 1)).isEmpty();
    }

    @Test
    void ofTooManyLinesAsManyAreKeptAsAsked() {
        List<FoundRegion> lines = IntStream.range(0, 9)
                .mapToObj(i -> region("text line", 10 + i, 10, 60, 12))
                .toList();
        List<FoundRegion> kept = RegionFilter.keep(lines, picture(0), 4, 1);
        assertThat(kept).hasSize(4).isSubsetOf(lines).isEqualTo(RegionFilter.keep(lines, picture(0), 4, 1));
    }

    private static FoundRegion region(String label, double x, double y, double width, double height) {
        return new FoundRegion(label, "word", x, y, width, height, Map.of(), null);
    }

    /** White, with stripes of the ink. */
    private static BufferedImage picture(int ink) {
        var picture = new BufferedImage(100, 40, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 100; x++) {
            for (int y = 0; y < 40; y++) {
                picture.setRGB(x, y, x % 5 == 0 ? ink : Color.WHITE.getRGB());
            }
        }
        return picture;
    }
}
