package ai.sphinxv.training.benchmark.run;

import static ai.sphinxv.training.benchmark.run.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.training.benchmark.run.Understanding.Reply;
import ai.sphinxv.training.benchmark.task.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MDVP-Bench with a judge: two real servers, the model's and the judge's. */
class JudgedRunTest {
    private static final String PHASE = "natural_QA_box";

    @TempDir
    private Path folder;

    @BeforeEach
    void data() throws IOException {
        var lines = new StringBuilder();
        for (int i = 1; i <= 4; i++) {
            lines.append("""
                {"image": "a.png", "phase": "%s", "question_id": %d, "question": "Question %d?", "bbox": [[10, 10, 30, 20]], \
                "gt_answers": "The reference."}
                """.formatted(PHASE, i, i));
        }
        new Published(folder.resolve("data"))
                .picture("mdvp-bench/a.png")
                .file("mdvp-bench/items.jsonl", lines.toString())
                .file("MDVP-Bench/rule.json", "{\"box\": {\"role\": \"Assistant\", \"prompt\": \"Rate.\"},}");
    }

    private Map<String, String> settings(Understanding model, Chatting judge) {
        var settings = new Runs(folder).settings("mdvp-bench", "out");
        settings.put("benchmark.endpoint", model.uri().toString());
        settings.put("benchmark.judge", judge.uri().toString());
        settings.put("benchmark.judge-model", "judge-1");
        return settings;
    }

    private static Understanding model() throws IOException {
        return Understanding.saying(request -> Reply.answer("The prediction."));
    }

    /** Whoever stands second is better by two points, whoever it is. */
    private static String inFavourOfTheSecond(String question) {
        boolean predictionIsSecond = question.indexOf("The prediction.") > question.indexOf("The reference.");
        return predictionIsSecond ? "5 7\nThe second is longer." : "6 8\nThe second is longer.";
    }

    @Test
    void theJudgesScoresAreTheTablesFigures() throws Exception {
        try (var model = model();
                var judge = Chatting.saying(JudgedRunTest::inFavourOfTheSecond)) {
            run(settings(model, judge));

            assertThat(Files.readString(folder.resolve("out/report.md")))
                    .contains("| model@1, `strict` | 140.00 (140.00 to 140.00, n = 4) |")
                    .contains("0 of 4 reviews could not be read", "The judge is judge-1.");
            assertThat(judge.requests()).hasSize(4).allSatisfy(request -> {
                assertThat(request.path("model").asText()).isEqualTo("judge-1");
                assertThat(request.path("temperature").asDouble()).isEqualTo(0.7);
                assertThat(request.path("max_tokens").asInt()).isEqualTo(2048);
                assertThat(Chatting.text(request)).startsWith("[Context]\\The image is a natural image.");
                assertThat(Chatting.picture(request)).startsWith("data:image/jpeg;base64,");
            });
        }
    }

    @Test
    void thePageOfFailuresShowsThoseOfEveryCategory() throws Exception {
        Path items = folder.resolve("data/mdvp-bench/items.jsonl");
        String other = Files.readString(items).lines().skip(3).findFirst().orElseThrow();
        Files.writeString(
                items, other.replace(PHASE, "web_QA_box").replace(": 4,", ": 5,") + "\n", StandardOpenOption.APPEND);
        try (var model = model();
                var judge = Chatting.saying(question -> question.contains("Question 1?") ? "8 9" : "8 3")) {
            run(settings(model, judge));

            assertThat(Files.readString(folder.resolve("out/failures.html")))
                    .contains("the lowest 4 of 5 by all", PHASE + "/", "web_QA_box/");
        }
    }

    @Test
    void bothOrdersTakeOutWhatThePlaceIsWorth() throws Exception {
        try (var model = model();
                var judge = Chatting.saying(JudgedRunTest::inFavourOfTheSecond)) {
            var settings = settings(model, judge);
            settings.put("benchmark.judge-swap", "true");
            run(settings);

            // (7 + 6) / (5 + 8); the published order alone stays the table's figure
            assertThat(Files.readString(folder.resolve("out/report.md")))
                    .contains("| both orders, natural box | 100.00 (")
                    .contains("| model@1, `strict` | 140.00 (");
            assertThat(judge.requests()).hasSize(8);
        }
    }

    @Test
    void aSecondRunAsksNobodyAndIsTheSame() throws Exception {
        try (var model = model();
                var judge = Chatting.saying(JudgedRunTest::inFavourOfTheSecond)) {
            var settings = settings(model, judge);
            run(settings);
            String first = Files.readString(folder.resolve("out/report.md"));

            run(settings);

            assertThat(judge.requests()).hasSize(4);
            assertThat(model.questions()).hasSize(4);
            assertThat(Files.readString(folder.resolve("out/report.md"))).isEqualTo(first);
        }
    }

    @Test
    void aReviewThatCannotBeReadIsCountedAndNotAveragedIn() throws Exception {
        try (var model = model();
                var judge = Chatting.saying(question -> question.contains("Question 2?") ? "Both are fine." : "10 5")) {
            run(settings(model, judge));

            assertThat(Files.readString(folder.resolve("out/report.md")))
                    .contains("| model@1, `strict` | 50.00 (50.00 to 50.00, n = 3) |")
                    .contains("| model@1, `paper` | 48.28 (") // (3 * 5 - 1) / (3 * 10 - 1)
                    .contains("1 of 4 reviews could not be read: -1 and -1 in paper mode, left out in strict mode");
        }
    }

    @Test
    void aJudgeWithoutAModelsNameIsRefusedBeforeAnythingIsAsked() throws Exception {
        try (var model = model();
                var judge = Chatting.saying(question -> "10 5")) {
            var settings = settings(model, judge);
            settings.remove("benchmark.judge-model");

            assertThatThrownBy(() -> run(settings)).hasMessage("-Djudge needs -DjudgeModel=NAME");
            assertThat(model.questions()).isEmpty();
        }
    }
}
