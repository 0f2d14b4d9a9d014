package ai.sphinxv.training.data;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.Conversation;
import java.util.List;

/** What training sees: a picture, the marks on it, and a conversation about them in which every question is answered. */
public record Sample(RgbImage image, List<VisualPrompt> marks, Conversation conversation) {
    public Sample {
        marks = List.copyOf(marks);
    }
}
