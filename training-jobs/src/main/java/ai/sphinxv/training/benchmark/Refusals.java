package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Answer.StopReason;
import ai.sphinxv.runtime.Answer.Timings;
import ai.sphinxv.runtime.Answer.Usage;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.training.benchmark.Finding.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Counts a question that the model refuses, for instance because it is too long, as answered with nothing. */
final class Refusals {
    private static final Answer NOTHING = new Answer(
            "",
            List.of(),
            List.of(),
            StopReason.STOP,
            new Usage(0, 0),
            new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));

    private final Function<Question, Answer> model;
    private final List<String> reasons = new ArrayList<>();

    Refusals(Function<Question, Answer> model) {
        this.model = model;
    }

    Answer answer(Question question) {
        try {
            return model.apply(question);
        } catch (InvalidPromptException refused) {
            reasons.add(String.valueOf(refused.getMessage()));
            return NOTHING;
        }
    }

    /** A row that says how many there were, and why the first was refused. */
    void report(Report report) {
        String why = reasons.isEmpty() ? "" : "; the first: " + reasons.getFirst();
        report.add("refused", new Quantity(reasons.size(), "questions" + why));
    }
}
