package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlavaWildTest {
    private static final String FOLDER = "llava-bench-in-the-wild/";

    @TempDir
    private Path folder;

    @Test
    void theDescriptionIsTheContextAndTheCategorysOwnRuleIsUsed() throws IOException {
        Published published = published("\"A view of a crater.\"");
        var task = new LlavaWild();

        List<Item> items = task.read(published.data());

        assertThat(items).extracting(Item::group).containsExactly("llava_bench_conv", "llava_bench_complex");
        assertThat(items.getFirst().marks()).containsExactly(new Box(1, 0.5, 99, 49.5));
        JudgeQuestion asked = task.toJudge(new Answered(items.getFirst(), "Diamond Head", null))
                .orElseThrow();
        assertThat(asked.seesPicture()).isFalse();
        assertThat(asked.text(false)).isEqualTo("""
                [Context]
                A view of a crater.

                [Question]
                What is it called?

                [Assistant 1]
                Diamond Head.

                [End of Assistant 1]

                [Assistant 2]
                Diamond Head

                [End of Assistant 2]

                [System]
                Rate talk.

                """);
    }

    @Test
    void severalCaptionsStandOneALine() throws IOException {
        var task = new LlavaWild();

        Item item = task.read(published("[\"A crater.\", \"The sea.\"]").data()).getFirst();

        assertThat(item.truth().path("context").asText()).isEqualTo("A crater.\nThe sea.");
    }

    @Test
    void aQuestionWithoutAnAnswerIsNamed() throws IOException {
        Published published = published("\"A crater.\"").file(FOLDER + "answers_gpt4.jsonl", """
            {"question_id": 0, "text": "Diamond Head."}
            """);

        assertThatThrownBy(() -> new LlavaWild().read(published.data()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("questions.jsonl")
                .hasMessageContaining("a question whose answer and whose picture's description are there too");
    }

    private Published published(String caption) throws IOException {
        return new Published(folder)
                .picture(FOLDER + "images/001.jpg")
                .file(FOLDER + "questions.jsonl", """
                    {"question_id": 0, "image": "001.jpg", "category": "conv", "text": "What is it called?"}
                    {"question_id": 1, "image": "001.jpg", "category": "complex", "text": "Why is it there?"}
                    """)
                .file(FOLDER + "answers_gpt4.jsonl", """
                    {"question_id": 0, "text": "Diamond Head."}
                    {"question_id": 1, "text": "A volcano."}
                    """)
                .file(
                        FOLDER + "context.jsonl",
                        "{\"id\": \"001\", \"image\": \"001.jpg\", \"caption\": %s}".formatted(caption))
                .file("table/rule.json", """
                    {"llava_bench_conv": {"role": "Assistant", "prompt": "Rate talk."},
                     "llava_bench_complex": {"role": "Assistant", "prompt": "Rate reasons."}}
                    """);
    }
}
