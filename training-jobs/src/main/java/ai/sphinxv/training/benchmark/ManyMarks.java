package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.benchmark.Finding.Difference;
import ai.sphinxv.training.data.Mixture;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/** The same boxes asked one a question, and six to ten a question: does company confuse the model? */
public final class ManyMarks {
    public static final String UI = "many marks, generated pages";
    public static final String COCO = "many marks, COCO val objects";

    private static final int FEWEST = 6;
    private static final int WITHIN = 5;
    private static final long SEED = 20_261_127;

    private ManyMarks() {}

    static void ui(Exam exam, List<LabelledImage> pages, int most, Report report) {
        measure(UI, UiRoles::isElement, exam, pages, most, report);
    }

    static void coco(Exam exam, List<LabelledImage> pictures, int most, Report report) {
        measure(COCO, CocoObjects.objects().and(CocoObjects::isMedium), exam, pictures, most, report);
    }

    private static void measure(
            String name,
            BiPredicate<LabelledImage, Region> fits,
            Exam exam,
            List<LabelledImage> pictures,
            int most,
            Report report) {
        var alone = new Tally();
        var together = new Tally();
        var random = new SplittableRandom(SEED);
        for (Chosen chosen : Chosen.crowds(pictures, fits, FEWEST, Mixture.MOST_MARKS, most)) {
            RgbImage image = chosen.read();
            List<VisualPrompt> marks = chosen.marks(Hand.BOX, random);
            count(alone, name, chosen, exam.withMarksPerQuestion(1).ask(Instruction.LABEL, image, marks));
            count(together, name, chosen, exam.ask(Instruction.LABEL, image, marks));
        }
        report.add(name + ", 1 a question", new Counted(alone.share(name), 0));
        report.add(name + ", 6 to 10 a question", new Counted(together.share(name), 0));
        report.add(name + ", 6 to 10 against 1", new Difference(together.share(name), alone.share(name), WITHIN));
    }

    private static void count(Tally tally, String name, Chosen chosen, List<String> said) {
        for (int i = 0; i < said.size(); i++) {
            tally.count(name, said.get(i).equals(chosen.regions().get(i).label()));
        }
    }
}
