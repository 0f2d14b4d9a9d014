package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldTest {
    /** Of single quotes, as it would come from a file. */
    static Field of(String json) {
        try {
            return new Field("X.json: ", new ObjectMapper().readTree(json.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWrongShapeNamesFileAndField() {
        var input = of("{'items': [{'answer': 7}]}");

        assertThatThrownBy(() -> RegionOcr.score(input))
                .hasMessage("X.json: items[0].answer: text is needed, this is 7");
    }

    @Test
    void aMissingFieldIsNamed() {
        var input = of("{'items': [{'answer': 'Region 1: x'}]}");

        assertThatThrownBy(() -> RegionOcr.score(input))
                .hasMessage("X.json: items[0]: an object with \"annotation\" is needed, this is"
                        + " {\"answer\":\"Region 1: x\"}");
    }

    @Test
    void aFileThatIsNotJsonSaysSo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("X.json"), "Region 1: x");

        assertThatThrownBy(() -> Field.read(file)).hasMessageStartingWith("X.json is not JSON: ");
    }

    @Test
    void theShapeSaysWhichMetricIsMeant() {
        assertThat(Shape.of(of("[{'id': 1, 'refs': [], 'hyp': ''}]"))).isEqualTo(Shape.CAPTIONS);
        assertThat(Shape.of(of("{'pairs': []}"))).isEqualTo(Shape.SS_PAIRS);
        assertThatThrownBy(() -> Shape.of(of("[]"))).hasMessage("X.json: at least one item is needed, this is []");
        assertThatThrownBy(() -> Shape.of(of("{'words': 1}")))
                .hasMessageContaining("an object with items (OCR), gt and pred (ICDAR)");
    }
}
