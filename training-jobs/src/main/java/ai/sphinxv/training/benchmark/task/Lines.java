package ai.sphinxv.training.benchmark.task;

import java.util.regex.Pattern;

/**
 * Answers in the form that the published scripts read, {@code Region 1: label}, a line each: they do not know
 * {@code <Region 1>:} and {@code Mark 1:}, which models write too (reference-model 3.4), they do not take an answer about the
 * only mark that names none, and they lose a last line without a line break. Nothing else is changed.
 */
final class Lines {
    private static final Pattern TAG =
            Pattern.compile("(?m)^[ \\t]*(?:<(?:Region|Mark) ?(\\d{1,3})>|(?:Region|Mark) (\\d{1,3}))[ \\t]*:[ \\t]*");

    private Lines() {}

    /** @param marks of the question; an answer that names none is about the only one */
    static String published(String answer, int marks) {
        String lines = TAG.matcher(answer)
                .replaceAll(tag -> "Region %s: ".formatted(tag.group(1) == null ? tag.group(2) : tag.group(1)));
        boolean bare =
                marks == 1 && lines.equals(answer) && !TAG.matcher(answer).find();
        return (bare ? "Region 1: " + answer : lines) + (lines.endsWith("\n") ? "" : "\n");
    }
}
