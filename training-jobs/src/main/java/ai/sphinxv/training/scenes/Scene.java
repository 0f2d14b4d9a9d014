package ai.sphinxv.training.scenes;

import ai.sphinxv.runtime.image.RgbImage;
import java.util.List;

/** A picture and everything that was drawn on it, back to front; one to eight objects. */
public record Scene(RgbImage image, List<SceneObject> objects) {
    public Scene {
        objects = List.copyOf(objects);
    }
}
