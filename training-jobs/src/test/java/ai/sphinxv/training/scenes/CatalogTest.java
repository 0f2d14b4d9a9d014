package ai.sphinxv.training.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Font;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final String NO_FONTS =
            "scenes need words and Java finds no font on this machine: install fontconfig, freetype and a text font, "
                    + "for instance: apt-get install fontconfig libfreetype6 fonts-dejavu-core";

    @Test
    void thereAreTwentyLabels() {
        assertThat(Catalog.open().labels())
                .doesNotHaveDuplicates()
                .hasSize(20)
                .contains("circle", "ring", "cat face", "evergreen tree")
                .endsWith("text");
    }

    @Test
    void wordsAreShortAndDifferent() {
        assertThat(Catalog.open().words())
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(110)
                .allMatch(word -> word.matches("[a-z]{2,9}"));
    }

    @Test
    void aMachineWithoutFontsIsToldWhatToInstall() {
        var onlyLogical = Set.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED);

        assertThatThrownBy(() -> Fonts.of(() -> onlyLogical))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(NO_FONTS);
    }

    @Test
    void aMachineWithoutFontconfigIsToldWhatToInstall() {
        assertThatThrownBy(() -> Fonts.of(() -> {
                    throw new InternalError("Fontconfig head is null");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(NO_FONTS)
                .hasRootCauseMessage("Fontconfig head is null");
    }
}
