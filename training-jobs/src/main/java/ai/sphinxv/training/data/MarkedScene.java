package ai.sphinxv.training.data;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.FreeForm;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.augment.MaskPoints;
import ai.sphinxv.training.scenes.Draws;
import ai.sphinxv.training.scenes.Scene;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A scene with marks on its objects: mark i means object i.
 *
 * @param kind what all the marks are
 * @param marks in pixels of the picture
 */
public record MarkedScene(RgbImage image, MarkKind kind, List<VisualPrompt> marks, List<SceneObject> objects) {
    public MarkedScene {
        marks = List.copyOf(marks);
        objects = List.copyOf(objects);
    }

    /** Every object of a scene marked once, in random order, by its exact box or a point on it: for evaluation. */
    public static MarkedScene everyObject(Scene scene, MarkKind kind, RandomGenerator random) {
        List<SceneObject> objects = Draws.shuffled(scene.objects(), random);
        List<VisualPrompt> marks = objects.stream()
                .<VisualPrompt>map(object -> switch (kind) {
                    case POINT -> MaskPoints.draw(object.mask(), random);
                    case REGION -> object.box();
                })
                .toList();
        return new MarkedScene(scene.image(), kind, marks, objects);
    }

    /** What a question about it is about. */
    public MarkedRegions regions() {
        return new MarkedRegions(
                kind,
                objects.stream().map(Picture::region).toList(),
                marks.stream().map(MarkedScene::place).toList(),
                image.width(),
                image.height());
    }

    /** What the answer to {@link Questions#label} should say of each mark. */
    public List<String> labels() {
        return objects.stream().map(SceneObject::label).toList();
    }

    /** Where a mark lies; a point is a small box. */
    static Box place(VisualPrompt mark) {
        return switch (mark) {
            case Box box -> box;
            case FreeForm form -> form.boundingBox();
            case Point point -> new Box(point.x() - 1, point.y() - 1, point.x() + 1, point.y() + 1);
        };
    }
}
