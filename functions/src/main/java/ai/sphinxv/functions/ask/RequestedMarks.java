package ai.sphinxv.functions.ask;

import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.PromptSlots;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import java.util.List;
import java.util.function.Function;

/**
 * Marks of a request that are right in themselves.
 *
 * @param marks each as soon as its picture is known; none where the question is about all of it
 */
public record RequestedMarks(List<Function<RgbImage, VisualPrompt>> marks) {
    public RequestedMarks {
        marks = List.copyOf(marks);
    }

    /** @throws InvalidPromptException if one lies outside the picture or is a mask of another one */
    public List<VisualPrompt> on(RgbImage picture) {
        List<VisualPrompt> prompts =
                marks.stream().map(mark -> mark.apply(picture)).toList();
        if (!prompts.isEmpty()) {
            PromptSlots.of(prompts, PaddedSquare.of(picture, Padding.AROUND), prompts.size());
        }
        return prompts;
    }
}
