package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.answer.Relation;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Conversation.Turn;
import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.data.MarkKind;
import ai.sphinxv.training.data.MarkedScene;
import ai.sphinxv.training.data.SpatialRelation;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.SceneGenerator;
import ai.sphinxv.training.scenes.Split;
import ai.sphinxv.training.source.LabelledImage;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How two marks lie to each other, by {@link SpatialRelation}, letter for letter: asked in a sentence and by the fixed
 * instruction. Two boxes a question, one question of each sort a picture.
 */
public final class Relations {
    public static final String SCENES = "relations, generated scenes";
    public static final String PAGES = "relations, generated pages";

    private static final int GOAL = 85;
    private static final int PAIR = 2;
    private static final long SEED = 20_261_128;

    private static final String ALL = "";
    private static final String CLEAR = ", clear ones";
    private static final String INSTRUCTION = ", by the fixed instruction";

    private final Exam exam;
    private final Tally tally = new Tally();
    private final Tally byRelation = new Tally();

    private Relations(Exam exam) {
        this.exam = exam;
    }

    /** Of held-out scenes with two objects or more, until so many are asked. */
    static void scenes(Exam exam, Catalog catalog, int pairs, Report report) {
        var run = new Relations(exam);
        var generator = SceneGenerator.of(catalog, Split.HELD_OUT, 0);
        int asked = 0;
        for (long n = 0; asked < pairs; n++) {
            var scene = generator.scene(Split.HELD_OUT.index(n));
            if (scene.objects().size() >= PAIR) {
                var marked = MarkedScene.everyObject(scene, MarkKind.REGION, new SplittableRandom(SEED + n));
                run.ask(
                        scene.image(),
                        marked.objects().get(0).box(),
                        marked.objects().get(1).box());
                asked++;
            }
        }
        run.report(SCENES, report);
    }

    /** Of elements of pages, whatever they are but lines. */
    static void pages(Exam exam, List<LabelledImage> pages, int most, Report report) {
        var run = new Relations(exam);
        Chosen.crowds(pages, UiRoles::isElement, PAIR, PAIR, PAIR * most).stream()
                .filter(chosen -> chosen.regions().size() == PAIR)
                .forEach(chosen -> run.ask(
                        chosen.read(),
                        chosen.regions().get(0).box(),
                        chosen.regions().get(1).box()));
        run.report(PAGES, report);
    }

    private void ask(RgbImage image, Box first, Box second) {
        var boxes = List.of(first, second);
        Turn between = SpatialRelation.between(MarkKind.REGION, boxes, 0, 1);
        boolean right = answer(image, boxes, between).text().equals(between.answer());
        tally.count(ALL, right);
        if (SpatialRelation.isClear(first, second)) {
            tally.count(CLEAR, right);
        }
        var relation = SpatialRelation.of(first, second);
        byRelation.count(relation.toString(), right);

        Turn ofAll = SpatialRelation.ofAll(MarkKind.REGION, boxes);
        var expected = new Relation(List.of(1, 2), relation.sentence(MarkKind.REGION, 0, 1));
        tally.count(INSTRUCTION, answer(image, boxes, ofAll).relations().contains(expected));
    }

    private Answer answer(RgbImage image, List<Box> boxes, Turn turn) {
        return exam.model().apply(Question.of(image, List.copyOf(boxes), turn.question()));
    }

    private void report(String name, Report report) {
        report.add(name, new Counted(tally.share(ALL), GOAL));
        report.add(name + CLEAR, new Counted(tally.share(CLEAR), 0));
        report.add(name + INSTRUCTION, new Counted(tally.share(INSTRUCTION), 0));
        report.details(name, byRelation);
    }
}
