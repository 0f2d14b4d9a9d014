package ai.sphinxv.training.data;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Told;
import ai.sphinxv.training.source.Region;
import java.util.List;

/**
 * What training sees.
 *
 * @param marks what the experts give for each mark
 * @param regions what each mark means; nothing where the marks do not tell
 * @param told what the experts found in the marks, as the model is told it
 * @param conversation about the marks; every question is answered
 */
public record Sample(
        PictureFeatures picture,
        List<MarkFeatures> marks,
        List<Region> regions,
        List<Told> told,
        Conversation conversation) {
    public Sample {
        marks = List.copyOf(marks);
        regions = List.copyOf(regions);
        told = List.copyOf(told);
    }

    /** In pixels of the picture. */
    public List<VisualPrompt> prompts() {
        return marks.stream().map(MarkFeatures::mark).toList();
    }
}
