package ai.sphinxv.training.data;

import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.training.scenes.SceneObject;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The questions that SPHINX-V was trained on, word for word (reference-model 3.4), and questions of our own about one
 * mark; each with its answer.
 */
public final class Questions {
    private Questions() {}

    /** What each mark is, by the catalog's labels. */
    public static Turn label(MarkedScene scene) {
        return ofEach(scene, "Please identify the labels of each marked %s in the image.", SceneObject::label);
    }

    /** A few words on each mark. */
    public static Turn brief(MarkedScene scene) {
        return ofEach(
                scene, "Please provide a brief description of each marked %s in the image.", SceneObject::description);
    }

    /** What each mark says; all of them must be words. */
    public static Turn ocr(MarkedScene scene) {
        return ofEach(
                scene,
                "Please provide the ocr results of each marked %s in the image.",
                object -> Objects.requireNonNull(object.text(), "only words can be read"));
    }

    /** The colour of one of the shapes; there must be one. */
    public static Turn color(MarkedScene scene, RandomGenerator random) {
        int slot = anyOf(scene.shapes(), random);
        String color = Objects.requireNonNull(scene.objects().get(slot).color());
        return new Turn("What is the color of %s?".formatted(scene.kind().tag(slot)), color);
    }

    /** What one of the words says; there must be one. */
    public static Turn says(MarkedScene scene, RandomGenerator random) {
        int slot = anyOf(scene.words(), random);
        String text = Objects.requireNonNull(scene.objects().get(slot).text());
        return new Turn("What does %s say?".formatted(scene.kind().tag(slot)), text);
    }

    /** A few words on one mark. */
    public static Turn whatIs(MarkedScene scene, RandomGenerator random) {
        int slot = random.nextInt(scene.objects().size());
        return new Turn(
                "What is %s?".formatted(scene.kind().tag(slot)),
                scene.objects().get(slot).description());
    }

    private static Turn ofEach(MarkedScene scene, String question, Function<SceneObject, String> answer) {
        String answers = IntStream.range(0, scene.objects().size())
                .mapToObj(slot -> scene.kind().tag(slot) + ": "
                        + answer.apply(scene.objects().get(slot)))
                .collect(Collectors.joining("\n"));
        return new Turn(question.formatted(scene.kind().noun()), answers);
    }

    private static int anyOf(List<Integer> slots, RandomGenerator random) {
        return slots.get(random.nextInt(slots.size()));
    }
}
