package ai.sphinxv.training.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.benchmark.run.Predictions.Prediction;
import ai.sphinxv.training.benchmark.task.Item;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void aFile() {
        file = folder.resolve("task.predictions.jsonl");
    }

    private static Item item(String id, String question) {
        return new Item(id, "group", Path.of("a.png"), List.of(new Point(1, 1)), question, 256, NullNode.instance);
    }

    private void write(String... ids) throws IOException {
        try (var predictions = Predictions.open(file, "m@1")) {
            for (String id : ids) {
                predictions.add(Prediction.of(item(id, "What?"), "Tasse ☕\n", "m@1", Duration.ofMillis(5)));
            }
        }
    }

    @Test
    void whatWasSaidIsThereAgain() throws IOException {
        write("1");
        try (var predictions = Predictions.open(file, "m@1")) {
            assertThat(predictions.of(item("1", "What?"))).hasValueSatisfying(one -> {
                assertThat(one.text()).isEqualTo("Tasse ☕\n");
                assertThat(one.took()).isEqualTo(Duration.ofMillis(5));
            });
            assertThat(predictions.of(item("2", "What?"))).isEmpty();
        }
    }

    @Test
    void aLineThatAKillToreIsCutOffAndItsItemIsOpenAgain() throws IOException {
        write("1", "2");
        byte[] whole = Files.readAllBytes(file);
        for (int torn = 1; torn < 40; torn += 13) {
            Files.write(file, Arrays.copyOf(whole, whole.length - torn));
            try (var predictions = Predictions.open(file, "m@1")) {
                assertThat(predictions.of(item("1", "What?"))).isPresent();
                assertThat(predictions.of(item("2", "What?"))).isEmpty();
                predictions.add(Prediction.of(item("2", "What?"), "Tasse ☕\n", "m@1", Duration.ofMillis(5)));
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void anotherModelsAnswersAreNotTakenForThisOnes() throws IOException {
        write("1");

        assertThatThrownBy(() -> Predictions.open(file, "m@2"))
                .hasMessage(file + " has answers of m@1, this run asks m@2: give another -Dout, or delete the file");
    }

    @Test
    void anAnswerToAnotherQuestionIsNotTakenForThisOnes() throws IOException {
        write("1");
        try (var predictions = Predictions.open(file, "m@1")) {
            assertThatThrownBy(() -> predictions.of(item("1", "Who?")))
                    .hasMessage(file + " has the answer of 1 to another question: the data changed;"
                            + " give another -Dout, or delete the file");
        }
    }

    @Test
    void aRefusalIsKeptWithItsReason() throws IOException {
        try (var predictions = Predictions.open(file, "m@1")) {
            predictions.add(Prediction.refused(item("1", "What?"), "too long", "m@1", Duration.ZERO));
        }
        try (var predictions = Predictions.open(file, "m@1")) {
            assertThat(predictions.of(item("1", "What?"))).hasValueSatisfying(one -> {
                assertThat(one.text()).isNull();
                assertThat(one.refused()).isEqualTo("too long");
            });
        }
    }

    @Test
    void aLineThatIsNoPredictionIsNamed() throws IOException {
        write("1");
        Files.writeString(file, "{\"id\": 7}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> Predictions.open(file, "m@1"))
                .hasMessage("task.predictions.jsonl: line 2: id: text is needed, this is 7");
    }
}
