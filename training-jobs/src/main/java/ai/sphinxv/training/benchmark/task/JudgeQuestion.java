package ai.sphinxv.training.benchmark.task;

import java.util.Locale;

/**
 * What a judge is asked: to score two answers, the reference's and a model's (metrics.md 6.1).
 *
 * @param context what there is to know of the picture, behind "[Context]", with whatever the published script puts between
 * @param role as the published rule calls who answers
 * @param rule what to judge by, word for word as published
 * @param seesPicture whether the picture goes along, with its marks drawn on it
 */
public record JudgeQuestion(
        String context,
        String question,
        String reference,
        String prediction,
        String role,
        String rule,
        boolean seesPicture,
        double temperature,
        int maxTokens) {

    /** The same for every benchmark. */
    public static final String SYSTEM =
            "You are a helpful and precise assistant for checking the quality of the answer.";

    /** Who publishes with a literal backslash in place of the line break writes this before the context. */
    static final String BACKSLASH = "\\";

    static final String LINE_BREAK = "\n";

    /** @param swapped whether the model's answer comes first, which is not as published */
    public String text(boolean swapped) {
        return "[Context]%s\n\n".formatted(context)
                + "[Question]\n%s\n\n".formatted(question)
                + answer(1, swapped ? prediction : reference)
                + answer(2, swapped ? reference : prediction)
                + "[System]\n%s\n\n".formatted(rule);
    }

    private String answer(int number, String text) {
        return String.format(Locale.ROOT, "[%1$s %2$d]\n%3$s\n\n[End of %1$s %2$d]\n\n", role, number, text);
    }
}
