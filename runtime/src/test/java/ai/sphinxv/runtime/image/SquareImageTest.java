package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import java.util.List;
import org.junit.jupiter.api.Test;

class SquareImageTest {
    @Test
    void channelsComeOneAfterTheOtherAndAreNormalised() {
        byte[] rgb = {(byte) 255, 0, 51, (byte) 255, 0, 51, (byte) 255, 0, 51, (byte) 255, 0, 51};

        var image = SquareImage.of(new RgbImage(2, 2, rgb), config(2, Padding.AROUND));

        assertThat(image.pixels()).containsExactly(1, 1, 1, 1, -2, -2, -2, -2, 0, 0, 0, 0);
    }

    @Test
    void paddingInTheColourOfTheMeanIsNearlyZero() {
        var config = ModelConfig.named("published").image();

        var image = SquareImage.of(new RgbImage(448, 1, new byte[3 * 448]), config);

        assertThat(image.pixels()).hasSize(3 * 448 * 448);
        assertThat(image.pixels()[0]).isCloseTo(-0.0113f, within(0.0001f));
    }

    @Test
    void aPictureInTheMiddleIsSeenInEveryView() {
        var image = SquareImage.of(new RgbImage(8, 2, new byte[48]), config(4, Padding.AROUND));

        assertThat(image.visible()).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void aWidePictureAtTheTopLeavesTheLowerQuartersEmpty() {
        var image = SquareImage.of(new RgbImage(4, 2, new byte[24]), config(4, Padding.AFTER));

        assertThat(image.visible()).containsExactly(1, 1, 1, 0, 0);
    }

    @Test
    void aHighPictureAtTheLeftLeavesTheRightQuartersEmpty() {
        var image = SquareImage.of(new RgbImage(2, 4, new byte[24]), config(4, Padding.AFTER));

        assertThat(image.visible()).containsExactly(1, 1, 0, 1, 0);
    }

    @Test
    void onePixelPastTheMiddleIsSeen() {
        var image = SquareImage.of(new RgbImage(4, 3, new byte[36]), config(4, Padding.AFTER));

        assertThat(image.visible()).containsExactly(1, 1, 1, 1, 1);
    }

    private static ModelConfig.Image config(int size, Padding padding) {
        return new ModelConfig.Image(
                size, 1, padding, List.of(0, 0, 0), List.of(0.0, 1.0, 0.2), List.of(1.0, 0.5, 1.0), true);
    }
}
