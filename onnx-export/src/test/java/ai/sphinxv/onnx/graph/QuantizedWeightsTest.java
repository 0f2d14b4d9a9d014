package ai.sphinxv.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedWeightsTest {
    @ParameterizedTest
    @CsvSource({"4, 16", "4, 32", "8, 32", "8, 128"})
    void everyWeightIsWithinHalfAStepOfItself(int bits, int size) {
        float[] weights = new float[4 * size];
        var random = new Random(3);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        var format = new Blocks(bits, size);

        var quantized = QuantizedWeights.of("w", weights, format);

        for (int i = 0; i < weights.length; i++) {
            float scale = quantized.scales()[i / size];
            // the end of the range without the extra number may lie a whole step short of a weight
            assertThat(value(quantized, format, i)).isCloseTo(weights[i], within(Math.abs(scale) * 1.001f));
        }
    }

    @Test
    void theLargestWeightIsExactAndTheFirstOfTwoIsTheLowerHalf() {
        float[] weights = new float[16];
        weights[0] = -4;
        weights[1] = 2;

        var quantized = QuantizedWeights.of("w", weights, new Blocks(4, 16));

        assertThat(quantized.scales()).containsExactly(0.5f);
        assertThat(quantized.numbers()[0] & 0x0f).isZero(); // (0 - 8) * 0.5
        assertThat(quantized.numbers()[0] >> 4 & 0x0f).isEqualTo(12); // (12 - 8) * 0.5
        assertThat(quantized.numbers()[1] & 0xff).isEqualTo(0x88); // zeros
    }

    @Test
    void aBlockOfZerosStaysOne() {
        var quantized = QuantizedWeights.of("w", new float[32], new Blocks(8, 32));

        assertThat(quantized.scales()).containsOnly(0);
        assertThat(quantized.numbers()).containsOnly((byte) 128);
    }

    /** Each number by itself, as the record's contract has it; of weights that tie, round half way and fill no tile. */
    @ParameterizedTest
    @CsvSource({"4, 16", "4, 32", "4, 256", "8, 16", "8, 128"})
    void manyAtATimeTheyAreWhatEachIsByItself(int bits, int size) {
        var random = new Random(bits + size);
        float[] weights = new float[(1 << 13) * 2 + 3 * size];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i / size % 3 == 0 ? random.nextInt(-4, 5) / 8f : (float) random.nextGaussian();
        }
        weights[size] = -Float.MIN_VALUE; // a block whose scale is none
        Arrays.fill(weights, size + 1, 2 * size, -0f);
        var format = new Blocks(bits, size);

        var quantized = QuantizedWeights.of("w", weights, format);

        int zero = 1 << bits - 1;
        for (int block = 0; block < weights.length / size; block++) {
            float largest = 0;
            for (int i = block * size; i < (block + 1) * size; i++) {
                largest = Math.abs(weights[i]) > Math.abs(largest) ? weights[i] : largest;
            }
            float scale = 0 - largest / zero;
            assertThat(quantized.scales()[block]).isEqualTo(scale);
            for (int i = block * size; i < (block + 1) * size; i++) {
                int number = scale == 0 ? zero : (int) Math.floor((double) (weights[i] / scale) + 0.5) + zero;
                assertThat(number(quantized, format, i)).isEqualTo(Math.clamp(number, 0, 2 * zero - 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNoNumberIsNamed(float weight) {
        float[] weights = new float[64];
        weights[40] = weight;
        weights[41] = 7;

        assertThatThrownBy(() -> QuantizedWeights.of("layers.3.attention.wq.weight", weights, new Blocks(4, 32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "layers.3.attention.wq.weight has the number " + weight + ", which no block of 4 bits holds");
    }

    @Test
    void otherFormatsAreRefused() {
        assertThatThrownBy(() -> new Blocks(5, 32)).hasMessage("weights take 4 or 8 bits, not 5");
        assertThatThrownBy(() -> new Blocks(4, 48)).hasMessage("a block has 16, 32, 64, 128 or 256 weights, not 48");
    }

    private static float value(QuantizedWeights quantized, Blocks format, int i) {
        return (number(quantized, format, i) - (1 << format.bits() - 1))
                * quantized.scales()[i / format.size()];
    }

    private static int number(QuantizedWeights quantized, Blocks format, int i) {
        return format.bits() == 8 ? quantized.numbers()[i] & 0xff : quantized.numbers()[i / 2] >> 4 * (i % 2) & 0x0f;
    }
}
