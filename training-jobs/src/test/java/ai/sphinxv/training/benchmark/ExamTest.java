package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.MarkedScene;
import ai.sphinxv.training.data.Questions;
import ai.sphinxv.training.scenes.Mask;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExamTest {
    private static final RgbImage IMAGE = new RgbImage(100, 100, new byte[100 * 100 * 3]);
    private static final List<VisualPrompt> TWELVE = IntStream.range(0, 12)
            .<VisualPrompt>mapToObj(i -> new Box(i, 0, i + 1, 1))
            .toList();

    @Test
    void twelveMarksAreTwoQuestionsAndTheAnswersComeInTheMarksOrder() {
        var model = Scripted.ofEachMark((question, mark) -> mark instanceof Box box ? "at " + (int) box.x1() : "");

        assertThat(Exam.of(model).ask(Instruction.LABEL, IMAGE, TWELVE))
                .startsWith("at 0", "at 1")
                .endsWith("at 10", "at 11");
        assertThat(model.marks()).containsExactly(10, 2);
    }

    @Test
    void oneMarkAQuestionAsksAsManyQuestionsAsMarks() {
        var model = Scripted.saying(question -> "a dog");

        assertThat(new Exam(model, 1).ask(Instruction.LABEL, IMAGE, TWELVE.subList(0, 3)))
                .containsExactly("a dog", "a dog", "a dog");
        assertThat(model.marks()).containsExactly(1, 1, 1);
    }

    @Test
    void ofAMarkThatTheAnswerLeavesOutNothingIsSaid() {
        var model = Scripted.saying(question -> "<Region 2>: cat");

        assertThat(Exam.of(model).ask(Instruction.LABEL, IMAGE, TWELVE.subList(0, 3)))
                .containsExactly("", "cat", "");
    }

    @Test
    void theQuestionsAreThoseThatTheModelLearns() {
        var word = new SceneObject("text", "Hi", null, new Mask(100, new int[] {0}));
        var scene = new MarkedScene(IMAGE, MarkKind.POINT, List.of(new Point(1, 1)), List.of(word));

        assertThat(Instruction.LABEL.about(MarkKind.POINT))
                .isEqualTo(Questions.label(scene.regions()).question());
        assertThat(Instruction.OCR.about(MarkKind.POINT))
                .isEqualTo(Questions.ocr(scene.regions()).question());
    }

    @Test
    void pointsAreCalledPoints() {
        var model = Scripted.saying(question -> "x");

        Exam.of(model).ask(Instruction.LABEL, IMAGE, List.of(new Point(1, 1)));

        assertThat(model.questions()
                        .getFirst()
                        .conversation()
                        .turns()
                        .getFirst()
                        .question())
                .isEqualTo("Please identify the labels of each marked point in the image.");
    }

    @Test
    void aQuestionHasAtMostTenMarks() {
        assertThatThrownBy(() -> new Exam(Scripted.saying(question -> ""), 11))
                .hasMessage("a question has 1 to 10 marks, got 11");
    }
}
