package ai.sphinxv.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SplitTest {
    @Test
    void trainingAndValidationShareASeedButNoIndex() {
        assertThat(Split.TRAIN.seed(3)).isEqualTo(Split.VALIDATION.seed(3));
        assertThat(Split.TRAIN.index(Split.LIMIT - 1)).isLessThan(Split.VALIDATION.index(0));
    }

    @Test
    void heldOutScenesAreTheSameForEveryRunAndOfNoRun() {
        assertThat(Split.HELD_OUT.seed(3)).isEqualTo(Split.HELD_OUT.seed(4)).isNegative();
        assertThatThrownBy(() -> Split.TRAIN.seed(-1)).hasMessage("a run's seed must not be negative, got -1");
    }

    @Test
    void anIndexBeyondTheSplitIsRefused() {
        assertThatThrownBy(() -> Split.TRAIN.index(Split.LIMIT))
                .hasMessage("scenes are numbered 0 to 1099511627775, got 1099511627776");
    }
}
