package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.sphinxv.training.benchmark.metrics.Scorer;
import ai.sphinxv.training.benchmark.task.Answered.Review;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MdvpBenchTest {
    private static final String RULES = """
        {"box": {"role": "Assistant", "prompt": "Rate the boxes."}, "point": {"role": "Assistant", "prompt": "Rate."},
        }
        """;

    @TempDir
    private Path folder;

    private static String item(String phase, int id) {
        String marks = phase.endsWith("point") ? "\"points\": [[5, 5]]" : "\"bbox\": [[1, 1, 9, 9]]";
        return "{\"image\": \"a.png\", \"phase\": \"%s\", \"question_id\": %d, \"question\": \"What?\", %s, \"gt_answers\": \"<Region 1>: a cup of tea\"}\n"
                .formatted(phase, id, marks);
    }

    private List<Item> read(MdvpBench task, String lines) throws IOException {
        return task.read(new Published(folder)
                .picture("mdvp-bench/a.png")
                .file("mdvp-bench/items.jsonl", lines)
                .file("MDVP-Bench/rule.json", RULES)
                .data());
    }

    @Test
    void thereAreThirtyPhases() {
        assertThat(MdvpBench.phases())
                .hasSize(30)
                .doesNotHaveDuplicates()
                .contains("natural_brief_caption_point", "android_QA_box", "multipanel_Inter_Relationship_box")
                .doesNotContain("web_Inter_Relationship_box");
    }

    @Test
    void anUnknownPhaseIsRefused() {
        assertThatThrownBy(() -> read(new MdvpBench(), item("natural_poem_box", 1)))
                .hasMessageStartingWith("MDVP-Bench has no phase \"natural_poem_box\"; it has natural_");
    }

    @Test
    void detailedDescriptionsMayBeLongButOnPhonesNot() throws IOException {
        List<Item> items = read(
                new MdvpBench(),
                item("web_detailed_caption_box", 1) + item("android_detailed_caption_box", 1) + item("web_QA_box", 1));

        assertThat(items).extracting(Item::maxTokens).containsExactly(1024, 256, 256);
    }

    @Test
    void thePublishedRulesAreReadThoughTheyAreNoJsonAndTheJudgeSeesThePicture() throws IOException {
        var task = new MdvpBench();
        Item item = read(task, item("web_QA_box", 1)).getFirst();

        JudgeQuestion asked = task.toJudge(new Answered(item, "tea", null)).orElseThrow();

        assertThat(asked.seesPicture()).isTrue();
        assertThat(asked.text(false))
                .startsWith(
                        "[Context]\\The image is a screenshot from a mobile phone or webpage.\n\n[Question]\nWhat?\n")
                .endsWith("[System]\nRate the boxes.\n\n");
    }

    @Test
    void aDomainsFigureIsOfItsTasksTogetherAndAReviewThatCannotBeReadIsNotAveragedIn() throws IOException {
        var task = new MdvpBench();
        List<Item> items =
                read(task, item("ocr_doc_QA_box", 1) + item("ocr_spotting_QA_box", 1) + item("web_QA_point", 1));
        try (var scorer = new Scorer(folder, folder)) {
            Scored scored = task.score(
                    List.of(
                            new Answered(items.get(0), "tea", new Review("10 5\nGood.", null, "")),
                            new Answered(items.get(1), "tea", new Review("6 3", null, "")),
                            new Answered(items.get(2), "tea", new Review("I cannot.", null, ""))),
                    scorer);

            assertThat(scored.strict().path("OCR box").path("value").asDouble()).isCloseTo(50, within(1e-9));
            assertThat(scored.strict().path("OCR box").path("n").asInt()).isEqualTo(2);
            assertThat(scored.strict().path("ocr_doc_QA_box").path("value").asDouble())
                    .isCloseTo(50, within(1e-9));
            assertThat(scored.strict().has("screenshot point")).isFalse();
            assertThat(scored.notes())
                    .contains("1 of 3 reviews could not be read: -1 and -1 in paper mode, left out in strict mode");
        }
    }

    @Test
    void withoutAJudgeItSaysSoAndReportsWhatCanBeSaid() throws IOException {
        var task = new MdvpBench();
        List<Item> items = read(task, item("natural_brief_caption_box", 1) + item("natural_QA_box", 1));
        try (var scorer = new Scorer(folder, folder)) {
            Scored scored = task.score(
                    List.of(
                            new Answered(items.get(0), "<Region 2>: a cup", null),
                            new Answered(items.get(1), "<Region 1>: a cup of tea", null)),
                    scorer);

            assertThat(scored.strict().has("natural box")).isFalse();
            assertThat(scored.strict()
                            .path("marks answered, natural box")
                            .path("value")
                            .asDouble())
                    .isZero();
            assertThat(scored.strict().path("words, ROUGE_L").path("value").asDouble())
                    .isBetween(0.5, 1.0);
            assertThat(scored.notes())
                    .contains("the judge's columns are not measured: no judge was given (-Djudge=URL)");
        }
    }
}
