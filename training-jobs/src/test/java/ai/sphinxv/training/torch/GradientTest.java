package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.training.data.Batches.Texts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Learning by numbers: gradients against finite differences, and losses against those of this file. */
class GradientTest {
    private static final ModelConfig NANO = ModelConfig.named("nano");
    private static final Texts TEXTS = new Texts(
            2,
            6,
            new long[] {5, 6, 7, 8, 9, 10, 9, 5, 6, 7, 11, 0},
            new long[] {-100, 6, 7, 8, 9, 10, -100, 5, 6, 7, 11, -100},
            new int[] {0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2},
            new float[] {0, 1, 1, 1, 1, 1, 0, 1, 1, 0.5f, 1, 0},
            1);

    /** Losses of ten steps at seed 3 and rate 1e-3; what another order of additions makes of them is less than 0.02. */
    private static final List<Double> GOLDEN =
            List.of(8.7179, 4.3004, 1.7476, 0.9765, 0.3922, 0.5316, 0.1067, 0.1536, 0.0304, 0.0130);

    @BeforeAll
    static void startLibTorch() {
        LibTorch.start(1, Processor.Wanted.CPU);
        LibTorch.precise(true); // else products may be in bf16, in which differences are noise
    }

    @AfterAll
    static void beAsFastAsCanBe() {
        LibTorch.precise(false);
    }

    /** Along its gradient, each parameter of each layer changes the loss by as much as the gradient says. */
    @Test
    void theGradientOfEveryLayerIsThatOfFiniteDifferences() {
        Set<String> names = LearnerTest.language(NANO).keySet();
        try (var parameters = Parameters.initial(LearnerTest.language(NANO), 1, 3)) {
            var model = new SphinxVTensors(NANO, parameters);
            new FiniteDifferences(parameters, () -> model.textLoss(TEXTS)).requireAlike(names);
        }
        assertThat(names).hasSizeGreaterThan(40);
    }

    @Test
    void theLossFollowsTheCurveOfThisFile() {
        List<Double> losses;
        try (var parameters = Parameters.initial(LearnerTest.language(NANO), 1, 3);
                var learner = new Learner(NANO, parameters, name -> true, 0.01, 1, false)) {
            losses = Stream.generate(() -> learner.learnText(TEXTS, 1e-3))
                    .limit(10)
                    .toList();
        }

        for (int i = 0; i < 10; i++) {
            assertThat(losses.get(i)).as("step %d of %s", i, losses).isCloseTo(GOLDEN.get(i), within(0.02));
        }
    }
}
