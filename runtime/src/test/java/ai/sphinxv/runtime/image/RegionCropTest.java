package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class RegionCropTest {
    @Test
    void aBoxOfWholePixelsAtItsOwnSizeIsCopied() {
        var picture = drawn(6, 5, (x, y) -> 10 * y + x);

        assertThat(reds(new RegionCrop(1, 2, 5, 4, 4, 2).of(picture))).containsExactly(21, 22, 23, 24, 31, 32, 33, 34);
    }

    @Test
    void theWholePictureIsResizedAsTheSquareIs() {
        var picture = drawn(4, 4, (x, _) -> x < 2 ? 0 : 255);

        assertThat(reds(new RegionCrop(0, 0, 4, 4, 2, 2).of(picture))).containsExactly(21, 234, 21, 234);
    }

    @Test
    void halfAPixelFurtherIsHalfWayBetweenPixels() {
        var picture = drawn(10, 1, (x, _) -> 20 * x);

        assertThat(reds(new RegionCrop(3.5, 0, 6.5, 1, 3, 1).of(picture))).containsExactly(70, 90, 110);
    }

    @Test
    void widthAndHeightAreStretchedByThemselves() {
        var picture = drawn(12, 4, (x, _) -> 20 * x);

        assertThat(reds(new RegionCrop(4, 0, 8, 4, 2, 3).of(picture))).containsExactly(90, 130, 90, 130, 90, 130);
    }

    @Test
    void pixelsNearTheBoxDecideItsEdgeWhenItGrows() {
        var picture = drawn(8, 1, (x, _) -> x < 4 ? 0 : 200);

        assertThat(reds(new RegionCrop(4, 0, 6, 1, 4, 1).of(picture))[0]).isLessThan(200);
    }

    @Test
    void thePicturesEdgeIsRepeatedOutside() {
        var picture = drawn(3, 2, (x, _) -> 100 + 50 * x);

        assertThat(reds(new RegionCrop(-3, -9, 0, -7, 3, 2).of(picture))).containsOnly(100);
        assertThat(reds(new RegionCrop(-1e9, -1e9, 1e9, 1e9, 2, 2).of(drawn(3, 2, (_, _) -> 7))))
                .containsOnly(7);
    }

    @Test
    void networksReadPlanesOfScaledColours() {
        byte[] rgb = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255};
        var scale = ColourScale.of(new double[] {0, 0.5, 0}, new double[] {1, 1, 0.5});
        float[] target = new float[8];

        new RegionCrop(0, 0, 2, 1, 2, 1).into(new RgbImage(2, 1, rgb), scale, target, 1);

        assertThat(target).containsExactly(0, 0, 0.6f, -0.3f, 0.3f, 0.8f, 2, 0);
    }

    @Test
    void aBoxWithoutAreaIsRefused() {
        assertThatThrownBy(() -> new RegionCrop(3, 0, 3, 4, 2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RegionCrop(0, 0, Double.NaN, 4, 2, 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RegionCrop(0, 0, 1, 1, 0, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A grey picture. */
    private static RgbImage drawn(int width, int height, IntBinaryOperator level) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) level.applyAsInt(i / 3 % width, i / 3 / width);
        }
        return new RgbImage(width, height, rgb);
    }

    private static int[] reds(RgbImage picture) {
        int[] reds = new int[picture.width() * picture.height()];
        Arrays.setAll(reds, i -> picture.rgb()[3 * i] & 0xff);
        return reds;
    }
}
