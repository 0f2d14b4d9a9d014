package ai.sphinxv.training.scenes;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a scene.
 *
 * @param label one of the catalog's labels, for instance "circle"
 * @param text what it says, if it is a word
 * @param color its colour's name, if it is a shape
 * @param mask the pixels that show it; all of a word's rectangle
 */
public record SceneObject(
        String label, @Nullable String text, @Nullable String color, Mask mask) {

    /** The box around the mask, in pixels of the picture. */
    public VisualPrompt.Box box() {
        return mask.box();
    }
}
