package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedSetTest {
    private static final String LINE = """
        {"id": %d, "image_path": "/authors/disk/a.png", "width": 100, "height": 50, "name": "cup", "synonyms": ["mug"], \
        "neg_class": "plate", "bbox": [0, 0, 1, 1], "bbox_norm": [0.1, 0.2, 0.5, 0.8], "sample_point": [30, 25]}
        """;

    @TempDir
    private Path folder;

    private List<Item> read(String task) throws IOException {
        var published = new Published(folder)
                .picture("pictures/a.png")
                .file("lvis_eval.jsonl", LINE.formatted(1) + LINE.formatted(2));
        return Tasks.of(List.of(task)).getFirst().read(published.data());
    }

    @Test
    void theBoxIsAPartOfThePicture() throws IOException {
        assertThat(read("lvis-choice-box").getFirst().marks()).containsExactly(new Box(10, 10, 50, 40));
    }

    @Test
    void thePointIsInPixels() throws IOException {
        assertThat(read("lvis-choice-point").getFirst().marks()).containsExactly(new Point(30, 25));
    }

    @Test
    void everyOtherQuestionHasTheRightClassSecond() throws IOException {
        assertThat(read("lvis-choice-point"))
                .extracting(Item::question)
                .containsExactly(
                        "Please identify the label of the marked point in the image. Is it cup or plate?",
                        "Please identify the label of the marked point in the image. Is it plate or cup?");
    }

    @Test
    void aRefusedQuestionIsAMissInBothModes() throws IOException {
        List<Item> items = read("lvis-choice-box");
        try (var scorer = new Scorer(folder, folder)) {
            Scored scored = ClosedSet.scored(
                    List.of(new Answered(items.get(0), "a mug", null), new Answered(items.get(1), null, null)), scorer);

            for (var figures : List.of(scored.paper(), scored.strict())) {
                assertThat(figures.path("accuracy").path("value").asDouble()).isEqualTo(0.5);
                assertThat(figures.path("accuracy").path("n").asInt()).isEqualTo(2);
            }
            assertThat(scored.items().get("accuracy")).containsOnlyKeys("1", "2");
        }
    }
}
