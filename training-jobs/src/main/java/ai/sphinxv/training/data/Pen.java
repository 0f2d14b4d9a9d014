package ai.sphinxv.training.data;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.augment.BoxNoise;
import ai.sphinxv.training.augment.FreeForm;
import ai.sphinxv.training.augment.MaskPoints;
import ai.sphinxv.training.scenes.Scene;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** How regions are drawn. Points are always random places on what is to be seen of the object. */
enum Pen {
    /** Exact boxes. */
    EXACT,
    /** As people do: boxes with noise, and now and then a loop or a scribble. */
    FREEHAND;

    private static final double STROKES = 0.25;

    /** A mark on each of the objects, in their order. */
    MarkedScene mark(Scene scene, List<SceneObject> objects, MarkKind kind, RandomGenerator random) {
        var marks = new ArrayList<VisualPrompt>();
        for (SceneObject object : objects) {
            marks.add(
                    switch (kind) {
                        case POINT -> MaskPoints.draw(object.mask(), random);
                        case REGION -> region(scene.image(), object, random);
                    });
        }
        return new MarkedScene(scene.image(), kind, marks, objects);
    }

    private VisualPrompt region(RgbImage image, SceneObject object, RandomGenerator random) {
        return switch (this) {
            case EXACT -> object.box();
            case FREEHAND ->
                random.nextDouble() < STROKES
                        ? FreeForm.around(object.box(), image.width(), image.height(), random)
                        : BoxNoise.jitter(object.box(), image.width(), image.height(), random);
        };
    }

    /** A list in random order. */
    static <T> List<T> shuffled(List<T> list, RandomGenerator random) {
        var shuffled = new ArrayList<T>(list);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled;
    }
}
