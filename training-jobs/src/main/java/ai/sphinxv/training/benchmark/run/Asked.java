package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import java.util.List;

/**
 * What a model is given.
 *
 * @param marks in pixels of the picture; empty where the model takes none
 * @param maxTokens most tokens of the answer
 */
record Asked(Picture picture, List<VisualPrompt> marks, String question, int maxTokens) {
    Asked {
        marks = List.copyOf(marks);
    }
}
