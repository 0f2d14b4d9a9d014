package ai.sphinxv.training.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.training.scenes.Split;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PagesOptionsTest {
    @Test
    void namesWhatToMake() {
        var options = PagesOptions.parse("out", "held-out", "7", "--icons", "there", "--domains", "natural,ocr");
        assertThat(options.split()).isEqualTo(Split.HELD_OUT);
        assertThat(options.count()).isEqualTo(7);
        assertThat(options.icons()).contains(Path.of("there"));
        assertThat(options.domains()).containsExactly(Domain.OCR, Domain.NATURAL);
    }

    @Test
    void saysHowItIsUsedWhereSomethingIsUnknown() {
        assertThatThrownBy(() -> PagesOptions.parse("out", "train", "7", "--fonts", "x"))
                .hasMessageContaining("usage");
        assertThatThrownBy(() -> PagesOptions.parse("out", "train", "7", "--icons"))
                .hasMessageContaining("needs a value");
        assertThatThrownBy(() -> PagesOptions.parse("out")).hasMessageContaining("usage");
    }
}
