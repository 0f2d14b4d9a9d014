package ai.sphinxv.onnx.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PositionTableTest {
    private static final int FROM = 37;
    private static final int TO = 16;

    /** Each cell's column and row: what is sampled of them is where it was sampled (reference-model 1.1). */
    @Test
    void cellsAreSampledWhereDinoV2SamplesThem() {
        float[] table = new float[(1 + FROM * FROM) * 2];
        for (int cell = 0; cell < FROM * FROM; cell++) {
            table[2 * (1 + cell)] = cell % FROM;
            table[2 * (1 + cell) + 1] = cell / FROM;
        }

        float[] resized = PositionTable.resized(table, FROM, TO, 2);

        assertThat(resized).hasSize((1 + TO * TO) * 2);
        assertThat(resized[2 * (1 + 1)]).isCloseTo((float) cubic(2.9472), within(1e-3f)); // second column
        assertThat(resized[2 * (1 + 16) + 1]).isCloseTo((float) cubic(2.9472), within(1e-3f)); // second row
        assertThat(resized[2 * (1 + 15)]).isCloseTo((float) cubic(35.1211), within(1e-3f)); // last column
        assertThat(resized[2]).isCloseTo((float) cubic(0.6491), within(1e-3f)); // first, where the border is clamped
    }

    /** PyTorch's cubic of a ramp with a clamped border; a = -0.75 does not give the ramp back. */
    private static double cubic(double at) {
        int first = (int) Math.floor(at);
        double t = at - first;
        double[] weights = {outer(t + 1), inner(t), inner(1 - t), outer(2 - t)};
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += weights[i] * Math.min(FROM - 1, Math.max(0, first - 1 + i));
        }
        return sum;
    }

    private static double inner(double x) {
        return (1.25 * x - 2.25) * x * x + 1;
    }

    private static double outer(double x) {
        return ((-0.75 * x + 3.75) * x - 6) * x + 3;
    }

    @Test
    void theClassTokensRowStaysAndAnEvenTableStaysEven() {
        float[] table = new float[1 + FROM * FROM];
        Arrays.fill(table, 3);
        table[0] = 7;

        float[] resized = PositionTable.resized(table, FROM, TO, 1);

        assertThat(resized[0]).isEqualTo(7);
        for (int i = 1; i < resized.length; i++) {
            assertThat(resized[i]).isCloseTo(3, within(1e-5f));
        }
    }
}
