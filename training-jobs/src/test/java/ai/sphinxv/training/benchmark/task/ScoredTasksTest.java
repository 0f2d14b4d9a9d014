package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.benchmark.metrics.Part;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import ai.sphinxv.training.benchmark.task.Answered.Review;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tasks make of answers; the metrics themselves are proven elsewhere. */
class ScoredTasksTest {
    @TempDir
    private Path folder;

    private Scorer scorer;

    @BeforeEach
    void open() {
        scorer = new Scorer(folder, folder);
    }

    @AfterEach
    void close() {
        scorer.close();
    }

    private static Answered answered(String id, String truth, @Nullable String text) {
        return answered(id, truth, text, null);
    }

    private static Answered answered(String id, String truth, @Nullable String text, @Nullable Review review) {
        return new Answered(
                new Item(
                        id, "group", Path.of(id + ".png"), List.of(new Point(1, 1)), "?", 256, TextNode.valueOf(truth)),
                text,
                review);
    }

    private static double value(ObjectNode figures, String name) {
        return figures.path(name).path("value").asDouble(Double.NaN);
    }

    @Test
    void aRegionThatIsLeftOutCountsZeroInStrictModeOnly() throws IOException {
        Scored scored = ReferringClassification.scored(
                List.of(answered("a", "Region 1: cup\nRegion 2: plate", "<Region 1>: cup")), scorer);

        assertThat(value(scored.paper(), "semanticIoU")).isCloseTo(1, within(1e-6));
        assertThat(value(scored.strict(), "semanticIoU")).isCloseTo(0.5, within(1e-6));
        assertThat(Objects.requireNonNull(scored.items().get("semanticIoU")))
                .containsExactly(Map.entry("a", new Part(1, 2)));
    }

    @Test
    void aRefusedQuestionCountsItsRegionsInStrictMode() throws IOException {
        Scored scored = RegionalOcr.scored(
                List.of(answered("a", "Region 1: EXIT", "<Region 1>: exit"), answered("b", "Region 1: IN", null)),
                scorer);

        assertThat(value(scored.strict(), "accuracy")).isEqualTo(0.5);
        assertThat(scored.strict().path("accuracy").path("n").asInt()).isEqualTo(2);
        assertThat(value(scored.paper(), "accuracy")).isEqualTo(1);
    }

    @Test
    void eachItemsPartsAddUpToTheFigure() throws IOException {
        Scored scored = RegionalOcr.scored(
                List.of(
                        answered("a", "Region 1: EXIT\nRegion 2: IN", "<Region 1>: exit\n<Region 2>: out"),
                        answered("b", "Region 1: IN", "<Region 1>: in")),
                scorer);

        var parts = Objects.requireNonNull(scored.items().get("accuracy")).values();
        double above = parts.stream().mapToDouble(part -> part.above()).sum();
        double below = parts.stream().mapToDouble(part -> part.below()).sum();
        assertThat(above / below).isCloseTo(value(scored.strict(), "accuracy"), within(1e-12));
    }

    @Test
    void captionsAreOfTheFirstRegionAndARefusalIsAnEmptyCaptionInStrictMode() throws IOException {
        Scored scored = BriefDescription.REF_COCO_G.score(
                List.of(
                        answered("a", "a red cup on the table", "<Region 1>: a red cup on the table"),
                        answered("b", "a blue plate near a window", null)),
                scorer);

        assertThat(value(scored.paper(), "ROUGE_L")).isCloseTo(1, within(1e-9));
        assertThat(value(scored.strict(), "ROUGE_L")).isCloseTo(0.5, within(1e-9));
        assertThat(scored.items().get("CIDEr")).containsOnlyKeys("a", "b");
        assertThat(scored.items().get("METEOR"))
                .as("no word lists, so no METEOR")
                .containsOnlyKeys("b");
    }

    @Test
    void bothOrdersAreAveragedOnlyWhereBothCanBeRead() throws IOException {
        Scored scored = JudgeFigures.of(
                List.of(
                        answered(
                                "a",
                                "x",
                                "y",
                                new Review("10 6", "8 10", "")), // swapped: the model's score comes first
                        answered("b", "x", "y", new Review("10 9", "none", ""))),
                Item::group,
                scorer);

        assertThat(value(scored.strict(), "all")).isCloseTo(75, within(1e-9));
        assertThat(value(scored.strict(), "both orders, all")).isCloseTo(70, within(1e-9));
        assertThat(scored.notes())
                .contains("both orders, 1 of 2 reviews could not be read: -1 and -1 in paper mode, left out in strict"
                        + " mode");
    }

    @Test
    void anUnknownTaskIsAnsweredWithThoseThatThereAre() {
        assertThatThrownBy(() -> Tasks.of(List.of("lvis")))
                .hasMessageStartingWith(
                        "there is no task \"lvis\": -Dtask takes all, or some of lvis-point, lvis-box,");
    }
}
