package ai.sphinxv.training.benchmark.run;

import static ai.sphinxv.training.benchmark.run.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.training.benchmark.task.Published;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run against one real OpenAI-compatible server that answers and judges, as one that serves several models does. */
class ServerAndJudgeTest {
    private static final String WILD = "llava-bench-in-the-wild/";

    @TempDir
    private Path folder;

    @BeforeEach
    void data() throws IOException {
        new Published(folder.resolve("data"))
                .picture("mdvp-bench/a.png")
                .file("mdvp-bench/items.jsonl", """
                    {"image": "a.png", "phase": "natural_QA_box", "question_id": 1, "question": "What?", "bbox": [[10, 10, 30, 20]], "gt_answers": "A cup."}
                    {"image": "a.png", "phase": "ocr_doc_QA_point", "question_id": 2, "question": "Where?", "points": [[20, 20]], "gt_answers": "Here."}
                    """)
                .file("MDVP-Bench/rule.json", """
                    {"box": {"role": "Assistant", "prompt": "Rate boxes."}, "point": {"role": "Assistant", "prompt": "Rate points."}}
                    """)
                .picture(WILD + "images/001.png")
                .file(WILD + "questions.jsonl", """
                    {"question_id": 0, "image": "001.png", "category": "detail", "text": "Describe it."}
                    """)
                .file(WILD + "answers_gpt4.jsonl", "{\"question_id\": 0, \"text\": \"A crater.\"}")
                .file(WILD + "context.jsonl", "{\"image\": \"001.png\", \"caption\": \"Diamond Head.\"}")
                .file("table/rule.json", "{\"llava_bench_detail\": {\"role\": \"Assistant\", \"prompt\": \"Rate.\"}}");
    }

    private Map<String, String> settings(URI server) {
        var settings = new Runs(folder).settings("mdvp-bench,llava-bench-wild", "out");
        settings.put("benchmark.server", server.toString());
        settings.put("benchmark.model", "vlm-1");
        settings.put("benchmark.marks", "drawn");
        settings.put("benchmark.judge", server.toString());
        settings.put("benchmark.judge-model", "judge-latest");
        settings.put("benchmark.judge-swap", "true");
        return settings;
    }

    private static String answersAndJudges(String question) {
        return question.startsWith("[Context]") ? "8 6\nThe first says more." : "A thing.";
    }

    @Test
    void everyColumnIsMeasuredThoughTheServerIsBusyAtFirstAndARerunNeedsNobody() throws Exception {
        URI url;
        String report;
        try (var server = Chatting.saying(ServerAndJudgeTest::answersAndJudges).failing(1)) {
            url = server.uri();

            run(settings(url));

            report = Files.readString(folder.resolve("out/report.md"));
            assertThat(report)
                    .doesNotContain("no judge was given")
                    .contains("| vlm-1, marks drawn, `strict` | not measured | 75.00 (75.00 to 75.00, n = 1) |")
                    .contains("The judge is judge-latest (its server says: judge-2026-01-01), asked in both orders.")
                    .contains("both orders, llava_bench_detail | 100.00 (");
            assertThat(server.requests()).hasSize(9); // of three items an answer and two reviews each
        }

        run(settings(url)); // nobody is there any more

        assertThat(Files.readString(folder.resolve("out/report.md"))).isEqualTo(report);
    }

    @Test
    void everyReviewIsKeptWordForWord() throws Exception {
        try (var server = Chatting.saying(ServerAndJudgeTest::answersAndJudges)) {
            run(settings(server.uri()));
        }

        List<String> reviews = Files.readAllLines(folder.resolve("out/mdvp-bench.reviews.jsonl"));
        assertThat(reviews).hasSize(2);
        var review = new ObjectMapper().readTree(reviews.getFirst());
        assertThat(review.path("judge").asText()).isEqualTo("judge-2026-01-01");
        assertThat(review.path("review").asText()).isEqualTo("8 6\nThe first says more.");
        assertThat(review.path("swapped").asText()).isEqualTo("8 6\nThe first says more.");
    }
}
