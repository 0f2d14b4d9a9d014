package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FerretBenchTest {
    @TempDir
    private Path folder;

    private Published published(String question) throws IOException {
        var published = new Published(folder).picture("pictures/a.png");
        for (String[] kind : new String[][] {{"refer_caption", "refer_desc"}, {"refer_reason", "refer_reason"}}) {
            String line = "{\"question_id\": 0, \"image\": \"a.png\", \"category\": \"%s\", \"text\": \"%s\"}\n";
            published
                    .file(kind[0] + "/question.jsonl", line.formatted(kind[1], question))
                    .file(kind[0] + "/answer.jsonl", line.formatted(kind[1], "A cup."))
                    .file(kind[0] + "/context.jsonl", line.formatted(kind[1], "Objects: cup"));
        }
        return published.file("ferret_gpt4_data/rule.json", """
            {"refer_desc": {"role": "Assistant", "prompt": "Rate."},
             "refer_reason": {"role": "Assistant", "prompt": "Rate the reasons."}}
            """);
    }

    @Test
    void aPlaceInAQuestionBecomesAMarkedRegion() throws IOException {
        var items = new FerretBench()
                .read(published("What is [0.1, 0.2, 0.5, 0.8] on [0, 0, 1, 1]?").data());

        assertThat(items).hasSize(2);
        assertThat(items.getFirst().question()).isEqualTo("What is <Region 1> on <Region 2>?");
        assertThat(items.getFirst().marks()).containsExactly(new Box(10, 10, 50, 40), new Box(0, 0, 100, 50));
    }

    @Test
    void theJudgeIsToldWhatThePublishedScriptTellsIt() throws IOException {
        var task = new FerretBench();
        var items = task.read(published("What is [0.1, 0.2, 0.5, 0.8]?").data());

        var asked = task.toJudge(new Answered(items.get(1), "A mug [1, 2, 3, 4] of tea", null))
                .orElseThrow();

        assertThat(asked.text(false)).isEqualTo("""
            [Context]\\Objects: cup

            [Question]
            What is [0.1, 0.2, 0.5, 0.8]?

            [Assistant 1]
            A cup.

            [End of Assistant 1]

            [Assistant 2]
            A mug of tea

            [End of Assistant 2]

            [System]
            Rate the reasons.

            """);
        assertThat(asked.text(true)).contains("[Assistant 1]\nA mug of tea\n", "[Assistant 2]\nA cup.\n");
    }

    @Test
    void aQuestionWithoutAPlaceIsRefused() {
        assertThatThrownBy(() -> new FerretBench().read(published("What is it?").data()))
                .hasMessage("question.jsonl: line 1: text: a question that names a place, [left, top, right, bottom],"
                        + " is needed, this is \"What is it?\"");
    }
}
