package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.training.benchmark.metrics.PairedTest.Pair;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedTestTest {
    private static Pair pair(double first, double second, double below) {
        return new Pair(new Part(first, below), new Part(second, below));
    }

    @Test
    void theSameAnswersDifferInNothing() {
        var test = PairedTest.of(List.of(pair(1, 1, 1), pair(0, 0, 1)));

        assertThat(test.difference()).isEqualTo(new Estimate(0, 0, 0, 2));
        assertThat(test.p()).isEqualTo(1);
        assertThat(test.mcnemar()).hasValue(1);
    }

    @Test
    void pairingSeesADifferenceThatIsSmallAgainstTheSpreadOfItems() {
        var random = new SplittableRandom(1);
        List<Pair> pairs = IntStream.range(0, 200)
                .mapToObj(i -> {
                    double score = random.nextDouble();
                    return pair(score, score + 0.02 + 0.02 * random.nextDouble(-1, 1), 1);
                })
                .toList();

        var test = PairedTest.of(pairs);

        assertThat(test.difference().low()).isPositive();
        assertThat(test.difference().value()).isCloseTo(0.02, within(0.005));
        assertThat(test.p()).isLessThan(0.01);
        assertThat(test.mcnemar()).as("items are not simply right or wrong").isEmpty();
    }

    @Test
    void itemsCountByTheirParts() {
        var test = PairedTest.of(List.of(pair(0, 3, 3), pair(1, 0, 1)));

        assertThat(test.first()).isEqualTo(0.25);
        assertThat(test.second()).isEqualTo(0.75);
    }

    @Test
    void nothingInCommonCannotBeCompared() {
        assertThatThrownBy(() -> PairedTest.of(List.of()))
                .hasMessage("two runs without a common item cannot be compared");
    }
}
