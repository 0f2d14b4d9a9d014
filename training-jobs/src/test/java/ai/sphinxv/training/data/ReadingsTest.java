package ai.sphinxv.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.ModelConfig.Reader;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Reading;
import ai.sphinxv.training.source.Region;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private static final Box BOX = new Box(0, 0, 10, 10);
    private static final RgbImage IMAGE = new RgbImage(10, 10, new byte[300]);

    @Test
    void aRegionSaysWhatIsThereIfTheLettersAreReadRight() {
        assertThat(Readings.known(region("Total 12.90"), "TOTAL12.90").text()).isEqualTo("Total 12.90");
    }

    @Test
    void aRegionSaysWhatWasReadIfThatIsNearlyRight() {
        assertThat(Readings.known(region("Total 12.90"), "Total 12.98").text()).isEqualTo("Total 12.98");
    }

    @Test
    void nothingCanBeAskedOfWordsThatWereNotRead() {
        assertThat(Readings.known(region("Total 12.90"), "xyz").text()).isNull();
        assertThat(Readings.known(region("Total 12.90"), null).text()).isNull();
    }

    @Test
    void aRegionWithoutWordsStaysWithoutThem() {
        assertThat(Readings.known(region(null), "il").text()).isNull();
    }

    @Test
    void onlyWhatIsSureIsTold() {
        var limits = new Reader("Text", 0.7, 20, 0, 0);

        assertThat(new Readings((image, box) -> new Reading("Save", 0.9, 0.9), limits).read(IMAGE, BOX))
                .isEqualTo("Save");
        assertThat(new Readings((image, box) -> new Reading("Save", 0.5, 0.5), limits).read(IMAGE, BOX))
                .isNull();
        assertThat(new Readings(null, null).read(IMAGE, BOX)).isNull();
    }

    private static Region region(@Nullable String text) {
        return new Region(BOX, "button", text, Map.of(), null, -1, false);
    }
}
