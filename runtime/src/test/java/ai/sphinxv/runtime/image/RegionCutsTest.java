package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.Expert.GridCode;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Encoding;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegionCutsTest {
    private static final int CROP = 4;
    private static final int FILL = 9;

    @Test
    void aMarkOfTheCutsSizeIsSeenPixelByPixel() {
        var picture = drawn(10, 10, (x, y) -> 10 * y + x);

        float[] cut = levels(picture, 0, new Extent(2, 3, 6, 7));

        assertThat(cut).containsExactly(32, 33, 34, 35, 42, 43, 44, 45, 52, 53, 54, 55, 62, 63, 64, 65);
    }

    @Test
    void channelsComeOneAfterTheOtherAndAreNormalised() {
        byte[] rgb = new byte[3 * 16];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) 255;
            rgb[i + 2] = 51;
        }
        var config = config(new Regions("regions", CROP, List.of(2), List.of(1)), List.of(0.0, 1.0, 0.2), 0.5);

        float[] pixels = pixels(new RgbImage(4, 4, rgb), config, new Extent(0, 0, 4, 4));

        assertThat(Arrays.copyOf(pixels, 16)).containsOnly(2);
        assertThat(Arrays.copyOfRange(pixels, 16, 32)).containsOnly(-2);
        assertThat(Arrays.copyOfRange(pixels, 32, 48)).containsOnly(0);
    }

    @Test
    void ofAWideLineTheLeftIsSeenAndOfAHighOneTheTop() {
        var across = drawn(40, 8, (x, y) -> x < 24 ? 80 : 200);
        var down = drawn(8, 40, (x, y) -> y < 24 ? 80 : 200);

        // the last of the four blends in what follows, as a bicubic filter does
        assertThat(row(levels(across, 0, new Extent(0, 2, 40, 6)), 1))
                .startsWith(80, 80)
                .doesNotContain(200);
        assertThat(column(levels(down, 0, new Extent(2, 0, 6, 40)), 1))
                .startsWith(80, 80)
                .doesNotContain(200);
        assertThat(new Extent(0, 2, 40, 6).start()).isEqualTo(new Extent(0, 2, 24, 6));
        assertThat(new Extent(2, 0, 6, 40).start()).isEqualTo(new Extent(2, 0, 6, 24));
        assertThat(new Extent(0, 0, 24, 4).start()).isEqualTo(new Extent(0, 0, 24, 4));
    }

    @Test
    void theSurroundingsAreTwiceTheMarkAndUncut() {
        var picture = drawn(16, 16, (x, y) -> 0);

        assertThat(new Extent(4, 6, 8, 8).withSurroundings(picture)).isEqualTo(new Extent(2, 5, 10, 9));
        assertThat(new Extent(0, 7, 16, 8).withSurroundings(picture)).isEqualTo(new Extent(-8, 6.5, 24, 8.5));
    }

    @Test
    void theSurroundingsOfALittleMarkAreATwelfthOfThePicture() {
        var picture = drawn(240, 10, (x, y) -> 0);

        assertThat(new Extent(100, 4, 102, 6).withSurroundings(picture)).isEqualTo(new Extent(91, -5, 111, 15));
    }

    @Test
    void outsideThePictureIsThePaddingsColour() {
        var picture = drawn(4, 4, (x, y) -> 100);

        float[] around = levels(picture, 1, new Extent(0, 0, 4, 4)); // from -2 to 6, two pixels in one

        assertThat(around)
                .containsExactly(
                        FILL, FILL, FILL, FILL, FILL, 100, 100, FILL, FILL, 100, 100, FILL, FILL, FILL, FILL, FILL);
    }

    @Test
    void aPointIsATwelfthOfTheLongerSide() {
        assertThat(Extent.around(30, 5, drawn(48, 10, (x, y) -> 0))).isEqualTo(new Extent(28, 3, 32, 7));
        assertThat(Extent.around(3, 5, drawn(10, 48, (x, y) -> 0))).isEqualTo(new Extent(1, 3, 5, 7));
    }

    @Test
    void anExtentHasAtLeastOnePixel() {
        assertThat(new Extent(3, 2, 3, 6)).isEqualTo(new Extent(2.5, 2, 3.5, 6));
        assertThat(Extent.around(2, 2, drawn(3, 3, (x, y) -> 0)).width()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void marksFollowEachOther() {
        var picture = drawn(8, 8, (x, y) -> x < 4 ? 100 : 200);

        float[] left = levels(picture, 0, new Extent(0, 0, 2, 2), new Extent(6, 6, 8, 8));
        float[] right = levels(picture, Regions.CUTS, new Extent(0, 0, 2, 2), new Extent(6, 6, 8, 8));

        assertThat(left).containsOnly(100);
        assertThat(right).containsOnly(200);
    }

    @Test
    void noMarkIsOneCutOfNothing() {
        var regions = new Regions("regions", CROP, List.of(2), List.of(1));
        var cuts = Objects.requireNonNull(
                RegionCuts.of(drawn(4, 4, (x, y) -> 9), List.of(), config(regions, List.of(0.0, 0.0, 0.0), 1)));

        assertThat(cuts.marks(regions)).isEqualTo(1);
        assertThat(cuts.pixels()).containsOnly(0);
    }

    @Test
    void aModelThatLooksAtNoRegionsNeedsNoCuts() {
        var config = config(null, List.of(0.0, 0.0, 0.0), 1);

        assertThat(RegionCuts.of(drawn(4, 4, (x, y) -> 0), List.of(), config)).isNull();
    }

    /** Reds of a cut as levels from 0 to 255; the cuts of a mark follow each other. */
    private static float[] levels(RgbImage picture, int cut, Extent... marks) {
        var config = config(new Regions("regions", CROP, List.of(2), List.of(1)), List.of(0.0, 0.0, 0.0), 1);
        float[] pixels = pixels(picture, config, marks);
        assertThat(pixels).hasSize(marks.length * 2 * 3 * CROP * CROP);
        float[] levels = new float[CROP * CROP];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Math.round(255 * pixels[cut * 3 * CROP * CROP + i]);
        }
        return levels;
    }

    private static float[] pixels(RgbImage picture, ModelConfig config, Extent... marks) {
        return Objects.requireNonNull(RegionCuts.of(picture, List.of(marks), config))
                .pixels();
    }

    private static float[] row(float[] cut, int y) {
        return Arrays.copyOfRange(cut, CROP * y, CROP * y + CROP);
    }

    private static float[] column(float[] cut, int x) {
        return new float[] {cut[x], cut[CROP + x], cut[2 * CROP + x], cut[3 * CROP + x]};
    }

    private static RgbImage drawn(int width, int height, IntBinaryOperator level) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) level.applyAsInt(i / 3 % width, i / 3 / width);
        }
        return new RgbImage(width, height, rgb);
    }

    private static ModelConfig config(@Nullable Regions regions, List<Double> mean, double std) {
        ModelConfig nano = ModelConfig.named("nano");
        return new ModelConfig(
                "cuts",
                new ModelConfig.Image(
                        8, 1, Padding.AROUND, List.of(FILL, FILL, FILL), mean, List.of(std, std, std), false),
                List.of(new GridCode("grid", 2)),
                null,
                new ModelConfig.Prompts(3, 1, 2, Encoding.CENTRED, false, false, 0),
                regions,
                null,
                null,
                nano.language(),
                nano.template());
    }
}
