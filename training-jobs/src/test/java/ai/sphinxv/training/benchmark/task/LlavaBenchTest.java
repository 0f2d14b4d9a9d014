package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlavaBenchTest {
    @TempDir
    private Path folder;

    @Test
    void aBoxOfNearlyThePictureIsAskedAboutAndTheContextIsCaptionsAndBoxes() throws IOException {
        var published = new Published(folder)
                .picture("pictures/COCO_val2014_a.png")
                .file(
                        "qa90_questions.jsonl",
                        "{\"question_id\": 0, \"image\": \"a.png\", \"category\": \"conv\", \"text\": \"What?\"}")
                .file("qa90_gpt4_answer.jsonl", "{\"question_id\": 0, \"text\": \"Tea.\"}")
                .file("caps_boxes_coco2014_val_80.jsonl", """
                    {"image": "a.png", "captions": ["A cup.", "Tea."], "instances": [{"category": "cup", "bbox": [0.1, 0.25, 1.0, 0.5]}]}
                    """)
                .file("table/rule.json", "{\"conv\": {\"role\": \"Assistant\", \"prompt\": \"Rate.\"}}");
        var task = new LlavaBench();

        Item item = task.read(published.data()).getFirst();

        assertThat(item.marks()).containsExactly(new Box(1, 0.5, 99, 49.5));
        assertThat(task.toJudge(new Answered(item, "Tee", null)).orElseThrow().text(false))
                .startsWith("""
                    [Context]
                    A cup.
                    Tea.

                    cup: [0.1, 0.25, 1.0, 0.5]

                    [Question]
                    What?

                    [Assistant 1]
                    Tea.
                    """);
    }
}
