package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Answer.StopReason;
import ai.sphinxv.runtime.Answer.Timings;
import ai.sphinxv.runtime.Answer.Usage;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A model that says what it is told to; it keeps the questions. */
final class Scripted implements Function<Question, Answer> {
    private final Function<Question, String> script;
    private final List<Question> questions = new ArrayList<>();

    private Scripted(Function<Question, String> script) {
        this.script = script;
    }

    static Scripted saying(Function<Question, String> script) {
        return new Scripted(script);
    }

    /** Says something of every mark of a question. */
    static Scripted ofEachMark(BiFunction<Question, VisualPrompt, String> script) {
        return saying(question -> {
            var lines = new ArrayList<String>();
            for (int i = 0; i < question.marks().size(); i++) {
                lines.add("<Region %d>: %s"
                        .formatted(
                                i + 1, script.apply(question, question.marks().get(i))));
            }
            return String.join("\n", lines);
        });
    }

    @Override
    public Answer apply(Question question) {
        questions.add(question);
        String text = script.apply(question);
        int marks = question.marks().size();
        return new Answer(
                text,
                AnswerParser.marks(text, marks),
                AnswerParser.relations(text, marks),
                StopReason.STOP,
                new Usage(100, 11),
                new Timings(
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofMillis(100),
                        Duration.ofMillis(40)));
    }

    List<Question> questions() {
        return questions;
    }

    /** How many marks each question had. */
    List<Integer> marks() {
        return questions.stream().map(question -> question.marks().size()).toList();
    }
}
