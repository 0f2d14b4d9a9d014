package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.benchmark.Finding.Difference;
import ai.sphinxv.training.benchmark.Finding.NotMeasured;
import ai.sphinxv.training.source.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Regions of pictures, asked for one thing twice: marked by their boxes, and by a free hand.
 *
 * @param name of the measurement
 * @param isRight whether that may be said of the region
 * @param goal of boxes, in percent
 */
record RegionQuiz(String name, Instruction instruction, BiPredicate<Region, String> isRight, int goal) {
    private static final int FREE_FORM_WITHIN = 3;
    private static final long SEED = 20_261_125;

    /** What the model said of a region. */
    record Said(Region region, String text) {}

    /** Adds a row for boxes, one for free-form marks and one for their difference; or one that says that none fits. */
    List<Said> ask(Exam exam, List<Chosen> pictures, Report report) {
        if (pictures.isEmpty()) {
            report.add(name, new NotMeasured("no region of these pictures fits"));
            return List.of();
        }
        var boxes = new ArrayList<Said>();
        var freeForm = new ArrayList<Said>();
        var random = new SplittableRandom(SEED);
        for (Chosen picture : pictures) {
            RgbImage image = picture.read();
            boxes.addAll(said(picture, exam.ask(instruction, image, picture.marks(Hand.BOX, random))));
            freeForm.addAll(said(picture, exam.ask(instruction, image, picture.marks(Hand.FREE_FORM, random))));
        }
        Share box = share(boxes);
        Share free = share(freeForm);
        report.add(name + ", box", new Counted(box, goal));
        report.add(name + ", free-form", new Counted(free, 0));
        report.add(name + ", free-form against box", new Difference(free, box, FREE_FORM_WITHIN));
        return boxes;
    }

    /** How many of them are right, by what they have in common. */
    Tally by(Function<Region, String> trait, List<Said> said) {
        var tally = new Tally();
        said.forEach(one -> tally.count(trait.apply(one.region()), isRight.test(one.region(), one.text())));
        return tally;
    }

    private Share share(List<Said> said) {
        int right = (int) said.stream()
                .filter(one -> isRight.test(one.region(), one.text()))
                .count();
        return new Share(right, said.size());
    }

    private static List<Said> said(Chosen picture, List<String> texts) {
        var said = new ArrayList<Said>();
        for (int i = 0; i < texts.size(); i++) {
            said.add(new Said(picture.regions().get(i), texts.get(i)));
        }
        return said;
    }
}
