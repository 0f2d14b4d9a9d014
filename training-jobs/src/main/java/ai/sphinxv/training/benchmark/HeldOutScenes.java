package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.training.augment.FreeForm;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.MarkedScene;
import ai.sphinxv.training.data.Questions;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.Scene;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.SceneObject;
import ai.sphinxv.training.scenes.Split;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Generated scenes that no training run can see, each object marked once: what is it, what does it look like, what does
 * it say. An answer is right if it is the expected text, letter for letter; a mark without an answer is wrong.
 */
public final class HeldOutScenes {
    private static final long QUESTIONS_SEED = 20_260_101;

    /** Names of the measurements. */
    public static final String BOX_LABEL = "label, box";

    public static final String POINT_LABEL = "label, point";
    public static final String STROKE_LABEL = "label, stroke";
    public static final String THREE_MARKS = "all three marks of a question answered";
    public static final String BRIEF = "brief description, box";
    public static final String OCR = "word read, box";

    /** Words are a fifth of all objects and easy to name; so the others are counted by themselves too. */
    public static final String NO_WORDS = ", shapes and emoji only";

    private static final Set<String> LABELS = Set.of(BOX_LABEL, POINT_LABEL, STROKE_LABEL);

    private final Speed model;
    private final Tally tally = new Tally();

    private HeldOutScenes(Function<Question, Answer> model) {
        this.model = new Speed(model);
    }

    /**
     * What came out.
     *
     * @param shares by measurement
     * @param firstToken median milliseconds from the question to the first piece of its answer
     * @param tokensPerSecond median speed of writing after the first token
     */
    public record Result(Map<String, Share> shares, double firstToken, double tokensPerSecond) {}

    /** Asks about so many held-out scenes; five questions each or fewer. */
    public static Result measure(SphinxV model, Catalog catalog, int scenes) {
        return measure(model::answer, catalog, scenes);
    }

    static Result measure(Function<Question, Answer> model, Catalog catalog, int scenes) {
        var run = new HeldOutScenes(model);
        var generator = SceneGenerator.of(catalog, Split.HELD_OUT, 0);
        for (int n = 0; n < scenes; n++) {
            run.ask(generator.scene(Split.HELD_OUT.index(n)), new SplittableRandom(QUESTIONS_SEED + n));
        }
        return new Result(run.tally.shares(), run.model.firstToken(), run.model.tokensPerSecond());
    }

    private void ask(Scene scene, RandomGenerator random) {
        var boxes = MarkedScene.everyObject(scene, MarkKind.REGION, random);
        var points = MarkedScene.everyObject(scene, MarkKind.POINT, random);
        score(BOX_LABEL, boxes, Questions.label(boxes.regions()));
        score(POINT_LABEL, points, Questions.label(points.regions()));
        var strokes = strokes(boxes, random);
        score(STROKE_LABEL, strokes, Questions.label(strokes.regions()));
        score(BRIEF, boxes, Questions.brief(boxes.regions()));
        if (boxes.objects().size() >= 3) {
            threeMarks(boxes);
        }
        var words =
                boxes.objects().stream().filter(object -> object.text() != null).toList();
        if (!words.isEmpty()) {
            var marked = new MarkedScene(
                    scene.image(),
                    MarkKind.REGION,
                    words.stream().<VisualPrompt>map(SceneObject::box).toList(),
                    words);
            score(OCR, marked, Questions.ocr(marked.regions()));
        }
    }

    private static MarkedScene strokes(MarkedScene boxes, RandomGenerator random) {
        List<VisualPrompt> strokes = boxes.objects().stream()
                .<VisualPrompt>map(object -> FreeForm.around(
                        object.box(), boxes.image().width(), boxes.image().height(), random))
                .toList();
        return new MarkedScene(boxes.image(), MarkKind.REGION, strokes, boxes.objects());
    }

    private void threeMarks(MarkedScene boxes) {
        var three = new MarkedScene(
                boxes.image(),
                MarkKind.REGION,
                boxes.marks().subList(0, 3),
                boxes.objects().subList(0, 3));
        long answered = answer(three, Questions.label(three.regions())).marks().stream()
                .filter(mark -> !mark.text().isBlank())
                .mapToInt(MarkAnswer::mark)
                .distinct()
                .count();
        tally.count(THREE_MARKS, answered == 3);
    }

    private void score(String name, MarkedScene scene, Turn turn) {
        List<MarkAnswer> said = answer(scene, turn).marks();
        List<MarkAnswer> expected = AnswerParser.marks(
                String.valueOf(turn.answer()), scene.objects().size());
        for (int slot = 0; slot < scene.objects().size(); slot++) {
            var right = expected.get(slot);
            tally.count(name, said.contains(right));
            if (LABELS.contains(name) && scene.objects().get(slot).text() == null) {
                tally.count(name + NO_WORDS, said.contains(right));
            }
        }
    }

    private Answer answer(MarkedScene scene, Turn turn) {
        return model.answer(Question.of(scene.image(), scene.marks(), turn.question()));
    }
}
