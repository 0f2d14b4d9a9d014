package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.Mixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Asks a model about marks as a user does.
 *
 * @param model answers a question
 * @param marksPerQuestion most marks of one question, 1 to 10
 */
record Exam(Function<Question, Answer> model, int marksPerQuestion) {
    Exam {
        if (marksPerQuestion < 1 || marksPerQuestion > Mixture.MOST_MARKS) {
            throw new IllegalArgumentException(
                    "a question has 1 to %d marks, got %d".formatted(Mixture.MOST_MARKS, marksPerQuestion));
        }
    }

    /** With as many marks a question as fit. */
    static Exam of(Function<Question, Answer> model) {
        return new Exam(model, Mixture.MOST_MARKS);
    }

    Exam withMarksPerQuestion(int marks) {
        return new Exam(model, marks);
    }

    /**
     * What is said of each mark, in the marks' order; nothing of one that the answer leaves out is the empty text.
     *
     * @param marks any number, all points or all regions; in pixels of the picture
     */
    List<String> ask(Instruction instruction, RgbImage image, List<VisualPrompt> marks) {
        var said = new ArrayList<String>();
        for (int from = 0; from < marks.size(); from += marksPerQuestion) {
            said.addAll(
                    together(instruction, image, marks.subList(from, Math.min(marks.size(), from + marksPerQuestion))));
        }
        return said;
    }

    private List<String> together(Instruction instruction, RgbImage image, List<VisualPrompt> marks) {
        MarkKind kind = MarkKind.of(marks);
        Answer answer = model.apply(Question.of(image, marks, instruction.about(kind)));
        var said = new ArrayList<String>(Collections.nCopies(marks.size(), ""));
        for (MarkAnswer one : answer.marks()) {
            said.set(one.mark() - 1, one.text());
        }
        return said;
    }
}
