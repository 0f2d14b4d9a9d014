package ai.sphinxv.training.benchmark.task;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An item and what a model said.
 *
 * @param text null if the model refused the question
 * @param review what a judge wrote of it, null if none was asked
 */
public record Answered(
        Item item, @Nullable String text, @Nullable Review review) {

    /**
     * A judge's words.
     *
     * @param text with the reference as Assistant 1, as published
     * @param swapped with the model's answer as Assistant 1, null if that was not asked
     * @param judge as its server calls it, empty where it does not say
     */
    public record Review(String text, @Nullable String swapped, String judge) {}

    /** The text, empty if there is none. */
    public String words() {
        return Objects.requireNonNullElse(text, "");
    }
}
