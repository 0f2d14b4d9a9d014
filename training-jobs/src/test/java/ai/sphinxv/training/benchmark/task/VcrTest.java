package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VcrTest {
    private static final String METADATA = """
        {"boxes": [[1, 2, 11, 12, 0.9], [20, 2, 30, 12, 0.8], [40, 2, 50, 12, 0.7]], "width": 100, "height": 50}
        """;

    @TempDir
    private Path folder;

    private List<Item> read(int label) throws IOException {
        var published = new Published(folder)
                .picture("pictures/movie/a.png")
                .file("pictures/movie/a.json", METADATA)
                .file("val.jsonl", """
                    {"annot_id": "val-0", "img_fn": "movie/a.png", "metadata_fn": "movie/a.json", "objects": ["person", "cup", "person"], \
                    "question": ["Why", "does", [2], "smile", "at", [0, 1], "?"], "answer_label": %d, "rationale_label": 3, \
                    "answer_choices": [["Tea", "."], [[1], "is", "full"], ["No", "."], ["It", "is", "late"]], \
                    "rationale_choices": [["a"], ["b"], ["c"], [[0], "says", "so"]]}
                    """.formatted(label));
        return new Vcr().read(published.data());
    }

    @Test
    void objectsBecomeRegionsInTheOrderInWhichTheyAreNamed() throws IOException {
        Item answer = read(1).getFirst();

        assertThat(answer.question()).isEqualTo("""
            Why does <Region 1> smile at <Region 2>, <Region 3> ?
            Answer with the letter of one choice only.
            A: Tea .
            B: <Region 3> is full
            C: No .
            D: It is late\
            """);
        assertThat(answer.marks())
                .containsExactly(new Box(40, 2, 50, 12), new Box(1, 2, 11, 12), new Box(20, 2, 30, 12));
    }

    @Test
    void theRationaleIsAskedWithTheRightAnswerGiven() throws IOException {
        Item rationale = read(1).get(1);

        assertThat(rationale.question())
                .startsWith("Why does <Region 1> smile at <Region 2>, <Region 3> ? <Region 3> is full\n"
                        + "Why is that the answer?")
                .endsWith("D: <Region 2> says so");
        assertThat(rationale.truth().path("label").asInt()).isEqualTo(3);
    }

    @Test
    void aLabelThatIsNoChoiceIsRefused() {
        assertThatThrownBy(() -> read(4))
                .hasMessage("val.jsonl: line 1: answer_label: one of 0 to 3 is needed, this is 4");
    }

    @ParameterizedTest
    @CsvSource({"A, 0", "b., 1", "(C) because, 2", "The answer is D, 3", "Answer: B, 1", "'D: It is late', 3"})
    void aLetterAtTheHeadIsTheChoice(String answer, int choice) {
        assertThat(Vcr.choice(answer)).hasValue(choice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Because it is late", "E", "Beer", "I think B"})
    void whatBeginsWithNoLetterIsNoChoice(String answer) {
        assertThat(Vcr.choice(answer)).isEmpty();
    }

    @Test
    void anAnswerWithoutALetterIsAMissInStrictModeAndNotThereInPaperMode() throws IOException {
        List<Item> items = read(1);
        try (var scorer = new Scorer(folder, folder)) {
            Scored scored = new Vcr()
                    .score(
                            List.of(new Answered(items.get(0), "B", null), new Answered(items.get(1), "Because", null)),
                            scorer);

            assertThat(scored.strict().path("Q_A").path("value").asDouble()).isEqualTo(1);
            assertThat(scored.strict().path("Q_AR").path("value").asDouble()).isZero();
            assertThat(scored.strict().path("Q_AR").path("n").asInt()).isEqualTo(1);
            assertThat(scored.paper().path("Q_AR").path("n").asInt()).isZero();
            assertThat(scored.notes()).contains("1 of 2 answers name no letter");
        }
    }
}
