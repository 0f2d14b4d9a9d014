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
    void whoNamesBothIsRightInPaperModeOnly() {
        assertThat(BinaryChoice.paper("a car or a bus", CAR)).isTrue();
        assertThat(BinaryChoice.strict("a car or a bus", CAR, BUS)).isFalse();
    }

    @Test
    void aWordWithinAWordIsANameInPaperModeOnly() {
        assertThat(BinaryChoice.paper("a carpet", CAR)).isTrue();
        assertThat(BinaryChoice.strict("a carpet", CAR, BUS)).isFalse();
    }

    @Test
    void capitalsAreANameInStrictModeOnly() {
        assertThat(BinaryChoice.paper("a CAR", CAR)).isFalse();
        assertThat(BinaryChoice.strict("a CAR", CAR, BUS)).isTrue();
    }

    @Test
    void whatIsDeniedIsNotNamed() {
        assertThat(BinaryChoice.paper("It is a bus, not a car.", CAR)).isFalse();
        assertThat(BinaryChoice.strict("It is a car, not a bus", CAR, BUS)).isTrue();
    }
}
