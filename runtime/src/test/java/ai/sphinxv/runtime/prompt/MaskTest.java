package ai.sphinxv.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import org.junit.jupiter.api.Test;

class MaskTest {
    /** From the first column and row that it covers to the last, as the released demo has it. */
    @Test
    void aMaskHasTheBoxAroundWhatItCovers() {
        Mask mask = Mask.of(
                picture(
                        "     ", //
                        "  #  ", " # # ", "     "),
                20);

        assertThat(mask).isEqualTo(new Mask(5, 4, new int[] {6, 1, 2, 1, 4, 1, 5}));
        assertThat(mask.boundingBox()).isEqualTo(new Box(1, 1, 3, 2));
    }

    @Test
    void aRunGoesOnInTheNextColumn() {
        assertThat(new Mask(5, 4, new int[] {7, 2, 11}).boundingBox()).isEqualTo(new Box(1, 0, 2, 3));
        assertThat(new Mask(5, 4, new int[] {0, 20}).boundingBox()).isEqualTo(new Box(0, 0, 4, 3));
    }

    @Test
    void aSinglePixelIsWidenedAndStaysInThePicture() {
        assertThat(new Mask(2, 1, new int[] {1, 1}).boundingBox()).isEqualTo(new Box(0.5, 0, 1.5, 0.5));
    }

    @Test
    void runsThatAreEmptyCoverNothing() {
        assertThat(new Mask(5, 4, new int[] {3, 0, 3, 1, 13}).boundingBox()).isEqualTo(new Box(0.5, 1.5, 1.5, 2.5));
    }

    @Test
    void aMaskOfAnySizeCoversItsPicture() {
        refused(5, 4, new int[] {20}, "a mask covers at least one pixel, this one none");
        refused(5, 4, new int[] {7, 2}, "a mask of 5x4 pixels needs runs of 20 together, got 9");
        refused(
                5,
                4,
                new int[] {Integer.MAX_VALUE, 22},
                "a mask of 5x4 pixels needs runs of 20 together, got 2147483669");
        refused(5, 4, new int[] {21, -1}, "run 2 of a mask has -1 pixels");
        refused(0, 4, new int[] {}, "a mask needs at least one pixel, got 0x4");
        refused(
                1 << 20,
                1 << 20,
                new int[] {1},
                "a mask has at most 64000000 pixels, as a picture has, got 1048576x1048576");
    }

    @Test
    void aPictureWithMoreRunsThanAreReadIsNoMask() {
        var dots = picture("# # #");

        assertThat(Mask.of(dots, 6).runs()).containsExactly(0, 1, 1, 1, 1, 1);
        assertThatThrownBy(() -> Mask.of(dots, 5))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage("a mask has at most 5 runs of pixels down its columns, got more");
    }

    @Test
    void masksOfTheSamePixelsAreEqual() {
        var mask = new Mask(5, 4, new int[] {7, 2, 11});

        assertThat(mask)
                .isEqualTo(new Mask(5, 4, new int[] {7, 2, 11}))
                .hasSameHashCodeAs(new Mask(5, 4, new int[] {7, 2, 11}))
                .hasToString("Mask[width=5, height=4, runs=[7, 2, 11]]")
                .isNotEqualTo(new Mask(4, 5, new int[] {7, 2, 11}));
    }

    private static void refused(int width, int height, int[] runs, String message) {
        assertThatThrownBy(() -> new Mask(width, height, runs))
                .isInstanceOf(InvalidPromptException.class)
                .hasMessage(message);
    }

    /** Whatever is no space has a little blue. */
    private static RgbImage picture(String... rows) {
        byte[] rgb = new byte[rows.length * rows[0].length() * 3];
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows[0].length(); x++) {
                rgb[3 * (y * rows[0].length() + x) + 2] = (byte) (rows[y].charAt(x) == ' ' ? 0 : 1);
            }
        }
        return new RgbImage(rows[0].length(), rows.length, rgb);
    }
}
