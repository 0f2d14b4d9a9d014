package ai.sphinxv.runtime;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.Told;
import java.util.List;

/**
 * Marks on a picture and what the model made of them, which no words change: much may be asked about them.
 *
 * @param embeds [prompt tokens * H] from the prompt encoder
 * @param told what the experts found in them
 */
public record SeenMarks(List<VisualPrompt> marks, float[] embeds, List<Told> told) {
    public SeenMarks {
        marks = List.copyOf(marks);
        told = List.copyOf(told);
    }
}
