package ai.sphinxv.training.pages.kit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.training.scenes.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Training and held-out pages are made of different things. */
class MaterialsTest {
    private static final List<String> KINDS =
            List.of("item", "food", "place", "science", "first", "last", "city", "ui.button", "ui.nav", "sign");

    @Test
    void noFontIsInBothSplits() {
        Fonts training = Fonts.all(Split.TRAIN);
        Fonts heldOut = Fonts.all(Split.HELD_OUT);
        assertThat(training.sans()).doesNotContainAnyElementsOf(heldOut.sans());
        assertThat(training.serif()).doesNotContainAnyElementsOf(heldOut.serif());
        assertThat(training.mono()).doesNotContainAnyElementsOf(heldOut.mono());
        assertThat(training.display()).doesNotContainAnyElementsOf(heldOut.display());
        assertThat(training.math()).doesNotContainAnyElementsOf(heldOut.math());
    }

    @Test
    void noWordOfAKindIsInBothSplitsAndBothHaveMany() {
        Words training = Words.of(Split.TRAIN);
        Words heldOut = Words.of(Split.HELD_OUT);
        for (String kind : KINDS) {
            assertThat(training.all(kind))
                    .as(kind)
                    .hasSizeGreaterThan(15)
                    .doesNotContainAnyElementsOf(heldOut.all(kind));
            assertThat(heldOut.all(kind)).as(kind).hasSizeGreaterThan(10);
        }
    }

    @Test
    void wordsAreInflected() {
        assertThat(Prose.plural("antibody")).isEqualTo("antibodies");
        assertThat(Prose.plural("bench")).isEqualTo("benches");
        assertThat(Prose.plural("tray")).isEqualTo("trays");
        assertThat(Prose.past("classify")).isEqualTo("classified");
        assertThat(Prose.past("compute")).isEqualTo("computed");
    }
}
