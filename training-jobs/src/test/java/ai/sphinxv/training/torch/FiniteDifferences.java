package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Whether a loss changes by as much as its gradient says, along the gradient of one parameter after the other. */
record FiniteDifferences(Parameters parameters, Supplier<Tensor> loss) {
    /** How much the loss is to rise and to fall: far more than what single precision rounds away, and still nearly straight. */
    private static final double RISE = 5e-3;

    private static final double PERCENT = 3;

    /** All of these must learn. */
    void requireAlike(Collection<String> names) {
        try (var trained = parameters.train(names::contains)) {
            assertThat(trained.size()).isEqualTo(names.size());
            try (var scope = new PointerScope()) {
                loss.get().backward();
            }
            for (String name : names) {
                float[] gradient = Parameters.values(parameters.get(name).grad());
                double norm = Math.sqrt(IntStream.range(0, gradient.length)
                        .mapToDouble(i -> (double) gradient[i] * gradient[i])
                        .sum());
                assertThat(norm).as(name).isPositive();
                assertThat(slope(name, gradient, norm)).as(name).isCloseTo(norm, withPercentage(PERCENT));
            }
        }
    }

    private double slope(String name, float[] gradient, double norm) {
        float[] before = Parameters.values(parameters.get(name));
        double step = RISE / norm;
        double above = lossAt(name, moved(before, gradient, step / norm));
        double below = lossAt(name, moved(before, gradient, -step / norm));
        parameters.set(Map.of(name, before));
        return (above - below) / (2 * step);
    }

    private double lossAt(String name, float[] values) {
        parameters.set(Map.of(name, values));
        try (var scope = new PointerScope()) {
            return loss.get().item_double();
        }
    }

    private static float[] moved(float[] values, float[] direction, double by) {
        float[] moved = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            moved[i] = (float) (values[i] + by * direction[i]);
        }
        return moved;
    }
}
