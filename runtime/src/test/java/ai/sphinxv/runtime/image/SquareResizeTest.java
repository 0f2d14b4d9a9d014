package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Expected bytes that are not worked out here come from Pillow 12.3.0: {@code square.resize((s, s), Image.BICUBIC)}. */
class SquareResizeTest {
    private static final List<Integer> FILL = List.of(122, 116, 104);

    @Test
    void aPictureOfTheRightSizeStaysAsItIs() {
        var picture = drawn(4, 4, i -> 37 * i);

        assertThat(resize(picture, 4)).isEqualTo(picture.rgb());
    }

    @Test
    void anEvenColourStaysEven() {
        byte[] result = resize(drawn(7, 7, i -> 201), 3);

        assertThat(result).hasSize(27).containsOnly(201);
    }

    @Test
    void shrinkingByTwoWeighsFourPixels() {
        // centre 1 of [0, 0, 255, 255]: weights -, 0.8672, 0.8672, 0.2266, -0.0703 at distances 1/4, 1/4, 3/4, 5/4
        var picture = drawn(4, 4, i -> i / 3 % 4 < 2 ? 0 : 255);

        assertThat(reds(resize(picture, 2))).containsExactly(21, 234, 21, 234);
    }

    @Test
    void growingByTwoOvershootsAndIsCut() {
        // 0.2266 / 1.0938 of 255 is 53; at the edge -0.0703 / 0.7969 of 255 is -23, cut to 0
        var picture = drawn(2, 2, i -> i / 3 % 2 == 0 ? 0 : 255);

        assertThat(reds(resize(picture, 4))).startsWith(0, 53, 202, 255);
    }

    @Test
    void aSmallPaddedPictureIsPillowsToTheLastBit() {
        var picture = drawn(5, 3, i -> 37 * i + 11 * i * i);

        assertThat(HexFormat.of().formatHex(resize(picture, 4)))
                .isEqualTo(
                        "64686b82618981748299676d6e329cb45380909bc19b6c7d5f95b2ba7c5dd2805b97af745f8972856f7d986b5f987e6a");
        assertThat(HexFormat.of().formatHex(resize(picture, 7)))
                .isEqualTo(
                        "8178677a77657677617b7961777161747365737968274b6579568da64fb66735be9a8eaabe7d88c7376d322f92883699"
                                + "c241a98d53b99ca3d8b488a9c63d64db51eca13c6ea27100fcfa0e6b98a82c8da53ac04d32b3b95e9aa1ae7781f65f"
                                + "68e0764dc69c61b7ba8327ac825b9f93987599b43e83cc6d45ca8c54bc9284816f657d706477746474786672746b73"
                                + "726a747166");
    }

    @Test
    void aPhotographsSizeIsPillowsToTheLastBit() throws Exception {
        var picture = drawn(301, 173, i -> 37 * i + 11 * (int) ((long) i * i % 65521));

        assertThat(sha256(resize(picture, 64)))
                .isEqualTo("998628bf6be91b3a5c3bc67051e24ea0dc7d78d0aa78bfd95dfd1980d8b48d1c");
        assertThat(sha256(resize(picture, 448)))
                .isEqualTo("ca73ad189bec08eb7554553f6aedd850641c5459d149d2e252bab1e4b75dde05");
    }

    private static RgbImage drawn(int width, int height, IntUnaryOperator colour) {
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) colour.applyAsInt(i);
        }
        return new RgbImage(width, height, rgb);
    }

    private static byte[] resize(RgbImage picture, int size) {
        var square = new PaddedSquare(picture.width(), picture.height(), Padding.AROUND);
        return SquareResize.resize(picture, square, size, FILL);
    }

    private static int[] reds(byte[] rgb) {
        int[] reds = new int[rgb.length / 3];
        Arrays.setAll(reds, i -> rgb[3 * i] & 0xff);
        return reds;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
