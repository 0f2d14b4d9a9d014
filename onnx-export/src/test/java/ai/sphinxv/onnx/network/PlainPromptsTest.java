package ai.sphinxv.onnx.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The plain prompt encoder itself, against what was measured of the released code's arithmetic (reference-model 1.2). */
class PlainPromptsTest {
    private static final int FREQUENCIES = 128;
    private static final PlainMath MATH =
            new PlainMath(Map.of("vp_encoder.pe_layer.positional_encoding_gaussian_matrix", gaussian(2 * FREQUENCIES)));

    @Test
    void inBrainFloatsAThousandPlacesAre193() {
        long distinct = IntStream.rangeClosed(0, 1000)
                .mapToDouble(
                        i -> PlainPrompts.BFLOAT16.applyAsDouble(PlainPrompts.BFLOAT16.applyAsDouble(i / 1000.0) + 0.5))
                .distinct()
                .count();

        assertThat(distinct).isEqualTo(193);
    }

    @Test
    void codesInBrainFloatsAreAsLikeTheExactOnesAsWasMeasured() {
        var exact = new PlainPrompts(MATH, PlainPrompts.EXACT);
        var rounded = new PlainPrompts(MATH, PlainPrompts.BFLOAT16);
        var random = new SplittableRandom(4);
        double[] likeness = new double[4000];
        for (int i = 0; i < likeness.length; i++) {
            double x = random.nextInt(1001) / 1000.0;
            double y = random.nextInt(1001) / 1000.0;
            likeness[i] = cosine(exact.code(x, y, false), rounded.code(x, y, false));
        }

        assertThat(Arrays.stream(likeness).average().orElseThrow()).isCloseTo(0.9987, within(0.0005));
        assertThat(Arrays.stream(likeness).min().orElseThrow()).isCloseTo(0.9936, within(0.003));
    }

    private static double[] gaussian(int count) {
        var random = new SplittableRandom(3);
        double[] values = new double[count];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }
        return product / Math.sqrt(lengthA * lengthB);
    }
}
