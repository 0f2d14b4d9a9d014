package ai.sphinxv.training.data;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.List;

/**
 * What training sees.
 *
 * @param objects what each mark means
 * @param conversation about the marks; every question is answered
 */
public record Sample(RgbImage image, List<VisualPrompt> marks, List<SceneObject> objects, Conversation conversation) {
    public Sample {
        marks = List.copyOf(marks);
        objects = List.copyOf(objects);
    }
}
