package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsMainTest {
    @TempDir
    private Path folder;

    @Test
    void theResultIsWrittenWithBothModes() throws IOException {
        Path in = Files.writeString(folder.resolve("ocr.input.json"), """
                {"items": [{"answer": "Region 1: exit\\n", "annotation": "Region 1: EXIT"}]}
                """);
        Path out = folder.resolve("new/ocr.json");

        MetricsMain.main(new String[] {in.toString(), out.toString(), "nowhere", "nowhere"});

        Field result = Field.read(out);
        assertThat(result.get("accuracyAligned").number()).isEqualTo(1);
        for (String mode : new String[] {"paper", "strict"}) {
            Field accuracy = result.get("report").get(mode).get("accuracy");
            assertThat(accuracy.parts()).containsKeys("value", "low", "high", "n");
            assertThat(accuracy.get("n").integer()).isEqualTo(1);
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("X.json");

        assertThatThrownBy(() -> MetricsMain.main(new String[] {missing.toString(), "Y.json", "", ""}))
                .hasMessage(missing + " is not there: give -Din=FILE");
    }
}
