package ai.sphinxv.training.benchmark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsMainTest {
    @TempDir
    private Path folder;

    @Test
    void theResultIsWrittenWithBothModes() throws IOException {
        Path in = Files.writeString(folder.resolve("ocr.input.json"), """
                {"items": [{"answer": "Region 1: exit\\n", "annotation": "Region 1: EXIT"}]}
                """);
        Path out = folder.resolve("new/ocr.json");

        MetricsMain.run(in.toString(), out.toString(), "nowhere", "nowhere");

        Field result = Field.read(out);
        assertThat(result.get("accuracyAligned").number()).isEqualTo(1);
        for (String mode : new String[] {"paper", "strict"}) {
            Field accuracy = result.get("report").get(mode).get("accuracy");
            assertThat(accuracy.parts()).containsKeys("value", "low", "high", "n");
            assertThat(accuracy.get("n").integer()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | X.json is empty",
                "[{\"review\": \"8 9\"}] [] | X.json is not JSON: Trailing token",
                "[{\"review\": \"8 9\", \"review\": \"1 9\"}] | X.json is not JSON: Duplicate field 'review'",
                "{\"x\": [1], \"refScores\": [1], \"predScores\": [1], \"resampleIndices\": [[0], [1]]}"
                        + "| resampleIndices[1][0]: an index below 1 is needed, this is 1",
                "{\"x\": [1], \"refScores\": [1, 2], \"predScores\": [1], \"resampleIndices\": [[0]]}"
                        + "| x, refScores and predScores of one length, at least 1 is needed"
            })
    void aDamagedFileIsRefusedWithItsPlace(String words, String message) throws IOException {
        Path in = Files.writeString(folder.resolve("X.json"), words);
        Path out = folder.resolve("Y.json");

        assertThatThrownBy(() -> MetricsMain.run(in.toString(), out.toString(), "nowhere", "nowhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("X.json");

        assertThatThrownBy(() -> MetricsMain.run(missing.toString(), "Y.json", "", ""))
                .hasMessage(missing + " is not there: give -Din=FILE");
    }
}
