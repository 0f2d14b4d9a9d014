package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BinaryChoiceTest {
    private static final List<String> CAR = List.of("car");
    private static final List<String> BUS = List.of("bus");

    @Test
    void aCategoryWithBracketsHasTwoNames() {
        assertThat(BinaryChoice.names("bus_(vehicle)")).containsExactly("bus", "vehicle");
        assertThat(BinaryChoice.names("dining_table")).containsExactly("dining table");
    }

    @Test
    void inPaperModeTheNameItselfCountsWithItsBracketsOnly() {
        assertThat(BinaryChoice.paper("a bus", "bus_(vehicle)", List.of())).isFalse();
        assertThat(BinaryChoice.paper("a bus (vehicle)", "bus_(vehicle)", List.of()))
                .isTrue();
        assertThat(BinaryChoice.paper("a bus", "bus_(vehicle)", BinaryChoice.names("bus_(vehicle)")))
                .isTrue();
    }

    @Test
    void whoNamesBothIsRightInPaperModeOnly() {
        assertThat(BinaryChoice.paper("a car or a bus", "car", CAR)).isTrue();
        assertThat(BinaryChoice.strict("a car or a bus", CAR, BUS)).isFalse();
    }

    @Test
    void aWordWithinAWordIsANameInPaperModeOnly() {
        assertThat(BinaryChoice.paper("a carpet", "car", CAR)).isTrue();
        assertThat(BinaryChoice.strict("a carpet", CAR, BUS)).isFalse();
    }

    @Test
    void capitalsAreANameInStrictModeOnly() {
        assertThat(BinaryChoice.paper("a CAR", "car", CAR)).isFalse();
        assertThat(BinaryChoice.strict("a CAR", CAR, BUS)).isTrue();
    }

    @Test
    void whatIsDeniedIsNotNamed() {
        assertThat(BinaryChoice.paper("It is a bus, not a car.", "car", CAR)).isFalse();
        assertThat(BinaryChoice.strict("It is a car, not a bus", CAR, BUS)).isTrue();
    }
}
