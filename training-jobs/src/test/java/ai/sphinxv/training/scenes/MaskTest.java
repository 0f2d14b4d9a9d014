package ai.sphinxv.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import org.junit.jupiter.api.Test;

class MaskTest {
    @Test
    void theBoxRunsAlongTheOuterEdgesOfThePixels() {
        var mask = new Mask(10, new int[] {23, 31, 45});

        assertThat(mask.box()).isEqualTo(new Box(1, 2, 6, 5));
    }

    @Test
    void aNeighbouringRowIsNotPartOfIt() {
        var mask = new Mask(10, new int[] {19});

        assertThat(mask.contains(9, 1)).isTrue();
        assertThat(mask.contains(-1, 2)).isFalse();
    }

    @Test
    void anEmptyMaskIsRefused() {
        assertThatThrownBy(() -> new Mask(10, new int[0])).hasMessage("a mask needs at least one pixel, got none");
    }
}
