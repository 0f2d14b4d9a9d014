package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.training.benchmark.Finding.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lets a model answer and keeps how long it took; all figures are medians. */
final class Speed {
    private final Function<Question, Answer> model;
    private final List<Double> firstTokens = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> wholes = new ArrayList<>();

    Speed(Function<Question, Answer> model) {
        this.model = model;
    }

    Answer answer(Question question) {
        long start = System.nanoTime();
        Answer answer = model.apply(question);
        wholes.add((System.nanoTime() - start) / 1e9);
        firstTokens.add(answer.timings().firstToken().toNanos() / 1e6);
        int after = answer.usage().answerTokens() - 1;
        if (after > 0 && answer.timings().decode().isPositive()) {
            rates.add(after / (answer.timings().decode().toNanos() / 1e9));
        }
        return answer;
    }

    /** Milliseconds from a question to the first piece of its answer. */
    double firstToken() {
        return median(firstTokens);
    }

    /** Tokens a second after the first. */
    double tokensPerSecond() {
        return median(rates);
    }

    /** Seconds from a question to the end of its answer. */
    double wholeAnswer() {
        return median(wholes);
    }

    void report(Report report) {
        String questions = "(median of %d questions)".formatted(wholes.size());
        report.add("first token", new Quantity(firstToken(), "ms " + questions));
        report.add("tokens after it", new Quantity(tokensPerSecond(), "a second " + questions));
        report.add("whole answer", new Quantity(wholeAnswer(), "s " + questions));
    }

    private static double median(List<Double> values) {
        return values.isEmpty()
                ? 0
                : values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
