package ai.sphinxv.training.data;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.training.scenes.Scene;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A scene on which somebody drew, and what they meant: mark i means object i.
 *
 * @param kind what all the marks are
 * @param marks 1 to 10, in pixels of the picture
 * @param objects as many as there are marks; one may come several times
 */
public record MarkedScene(RgbImage image, MarkKind kind, List<VisualPrompt> marks, List<SceneObject> objects) {
    /** The slots of a question (reference-model 1.2). */
    public static final int MOST_MARKS = 10;

    public MarkedScene {
        marks = List.copyOf(marks);
        objects = List.copyOf(objects);
        if (marks.isEmpty() || marks.size() > MOST_MARKS || marks.size() != objects.size()) {
            throw new IllegalArgumentException(
                    "a marked scene needs 1 to %d marks and an object for each, got %d and %d"
                            .formatted(MOST_MARKS, marks.size(), objects.size()));
        }
    }

    /** Every object of a scene marked once, in random order, by its exact box or a point on it: for evaluation. */
    public static MarkedScene everyObject(Scene scene, MarkKind kind, RandomGenerator random) {
        return Pen.EXACT.mark(scene, Pen.shuffled(scene.objects(), random), kind, random);
    }

    /** What the answer to {@link Questions#label} should say of each mark. */
    public List<String> labels() {
        return objects.stream().map(SceneObject::label).toList();
    }

    /** The slots, counted from 0, whose object can be asked for its colour. */
    List<Integer> shapes() {
        return slots(slot -> objects.get(slot).color() != null);
    }

    /** The slots, counted from 0, whose object says something. */
    List<Integer> words() {
        return slots(slot -> objects.get(slot).text() != null);
    }

    private List<Integer> slots(IntPredicate chosen) {
        return IntStream.range(0, objects.size()).filter(chosen).boxed().toList();
    }

    Sample sample(List<Turn> turns) {
        return new Sample(image, marks, objects, new Conversation(turns));
    }
}
