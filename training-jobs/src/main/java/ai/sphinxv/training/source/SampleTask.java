package ai.sphinxv.training.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What a question asks for: the rows of the paper's Table 2, and the text of marks that Table 1 counts as spotting. */
public enum SampleTask {
    CATEGORY("Category Identification"),
    OCR("Text Spotting"),
    BRIEF("Brief Caption"),
    DETAILED("Detailed Caption"),
    RELATION("Relationship Analysis"),
    SUMMARY("Inverse-Grounding Description"),
    WHOLE("Whole Image Caption"),
    QA("Q&A and Reasoning");

    private final String row;

    SampleTask(String row) {
        this.row = row;
    }

    /** As files call it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As Table 2 calls it. */
    public String row() {
        return row;
    }

    /** @throws IllegalArgumentException if there is no such task */
    @JsonCreator
    public static SampleTask of(String word) {
        return Arrays.stream(values())
                .filter(task -> task.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no task '%s'".formatted(word)));
    }
}
