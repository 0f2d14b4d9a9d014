package ai.sphinxv.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.onnx.graph.LinearFormat.Blocks;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

        var quantized = QuantizedWeights.of(weights, format);

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

        var quantized = QuantizedWeights.of(weights, new Blocks(4, 16));

        assertThat(quantized.scales()).containsExactly(0.5f);
        assertThat(quantized.numbers()[0] & 0x0f).isZero(); // (0 - 8) * 0.5
        assertThat(quantized.numbers()[0] >> 4 & 0x0f).isEqualTo(12); // (12 - 8) * 0.5
        assertThat(quantized.numbers()[1] & 0xff).isEqualTo(0x88); // zeros
    }

    @Test
    void aBlockOfZerosStaysOne() {
        var quantized = QuantizedWeights.of(new float[32], new Blocks(8, 32));

        assertThat(quantized.scales()).containsOnly(0);
        assertThat(quantized.numbers()).containsOnly((byte) 128);
    }

    @Test
    void otherFormatsAreRefused() {
        assertThatThrownBy(() -> new Blocks(5, 32)).hasMessage("weights take 4 or 8 bits, not 5");
        assertThatThrownBy(() -> new Blocks(4, 48)).hasMessage("a block has 16, 32, 64, 128 or 256 weights, not 48");
    }

    private static float value(QuantizedWeights quantized, Blocks format, int i) {
        int number =
                format.bits() == 8 ? quantized.numbers()[i] & 0xff : quantized.numbers()[i / 2] >> 4 * (i % 2) & 0x0f;
        return (number - (1 << format.bits() - 1)) * quantized.scales()[i / format.size()];
    }
}
