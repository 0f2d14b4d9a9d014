package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.benchmark.Finding.Difference;
import ai.sphinxv.training.benchmark.Finding.Quantity;
import ai.sphinxv.training.source.CocoNames;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/**
 * Things in COCO's validation photographs, each to be called by COCO's name for it. Crowds and stuff are not asked. Small
 * things are asked in questions of their own, so the figures of the others do not depend on them.
 */
public final class CocoObjects {
    public static final String NAME = "COCO val objects";

    private static final int BOX_GOAL = 70;
    private static final int POINT_GOAL = 60;
    private static final int FREE_FORM_WITHIN = 3;
    private static final long SEED = 20_261_126;

    private static final String POINT = "point";
    private static final String ALL = ", all";
    private static final String MEDIUM = ", over 0.5 % of the image";
    private static final String LARGE = ", over 2 % of the image";
    private static final double MEDIUM_SHARE = 0.005;
    private static final double LARGE_SHARE = 0.02;
    private static final double HUGE_SHARE = 0.1;

    private final Exam exam;
    private final Tally tally = new Tally();
    private final Tally bySize = new Tally();
    private final Tally byName = new Tally();
    private final RandomGenerator random = new SplittableRandom(SEED);

    private CocoObjects(Exam exam) {
        this.exam = exam;
    }

    static void measure(Exam exam, List<LabelledImage> pictures, Report report) {
        var run = new CocoObjects(exam);
        Chosen.of(pictures, objects().and(CocoObjects::isMedium), Integer.MAX_VALUE)
                .forEach(run::ask);
        Chosen.of(pictures, objects().and((picture, region) -> !isMedium(picture, region)), Integer.MAX_VALUE)
                .forEach(run::ask);
        run.report(report);
    }

    /** What counts: a thing of the 80 in a picture of the split "val". */
    static BiPredicate<LabelledImage, Region> objects() {
        return (picture, region) -> "val".equals(picture.split()) && CocoNames.ALL.contains(region.label());
    }

    /** Whether its box is over 0.5 % of the picture. */
    static boolean isMedium(LabelledImage picture, Region region) {
        return share(picture, region) > MEDIUM_SHARE;
    }

    private void ask(Chosen chosen) {
        RgbImage image = chosen.read();
        for (Hand hand : Hand.values()) {
            List<String> said = exam.ask(Instruction.LABEL, image, chosen.marks(hand, random));
            for (int i = 0; i < said.size(); i++) {
                Region region = chosen.regions().get(i);
                count(hand.word(), chosen.picture(), region, said.get(i));
                if (hand == Hand.BOX) {
                    detail(chosen.picture(), region, said.get(i));
                }
            }
        }
        SegmentMask.of(chosen.picture()).ifPresent(mask -> askPoints(chosen, image, mask));
    }

    private void askPoints(Chosen chosen, RgbImage image, SegmentMask mask) {
        var marks = new ArrayList<VisualPrompt>();
        var marked = new ArrayList<Region>();
        for (Region region : chosen.regions()) {
            mask.pointIn(region.segment(), random).ifPresent(point -> {
                marks.add(point);
                marked.add(region);
            });
        }
        List<String> said = exam.ask(Instruction.LABEL, image, marks);
        for (int i = 0; i < said.size(); i++) {
            count(POINT, chosen.picture(), marked.get(i), said.get(i));
        }
    }

    private void count(String way, LabelledImage picture, Region region, String said) {
        boolean right = said.equals(region.label());
        tally.count(way + ALL, right);
        if (isMedium(picture, region)) {
            tally.count(way + MEDIUM, right);
        }
        if (share(picture, region) > LARGE_SHARE) {
            tally.count(way + LARGE, right);
        }
    }

    private void detail(LabelledImage picture, Region region, String said) {
        boolean right = said.equals(region.label());
        bySize.count(size(share(picture, region)), right);
        if (isMedium(picture, region)) {
            byName.count(region.label(), right);
        }
    }

    private void report(Report report) {
        row(report, Hand.BOX.word(), MEDIUM, BOX_GOAL);
        row(report, Hand.BOX.word(), LARGE, 0);
        row(report, Hand.BOX.word(), ALL, 0);
        row(report, POINT, MEDIUM, POINT_GOAL);
        row(report, POINT, LARGE, 0);
        row(report, POINT, ALL, 0);
        row(report, Hand.FREE_FORM.word(), MEDIUM, 0);
        row(report, Hand.NOISY_BOX.word(), MEDIUM, 0);
        report.add(NAME + ", free-form against box" + MEDIUM, against(Hand.FREE_FORM, FREE_FORM_WITHIN));
        report.add(NAME + ", noisy box against box" + MEDIUM, against(Hand.NOISY_BOX, 0));
        report.add(NAME + ", box, mean over the names", new Quantity(100 * byName.mean(), "%"));
        report.details(NAME + ", box, by share of the image", bySize);
        report.details(NAME + ", box, by name" + MEDIUM, byName);
    }

    private void row(Report report, String way, String size, int goal) {
        report.add("%s, %s%s".formatted(NAME, way, size), new Counted(tally.share(way + size), goal));
    }

    private Finding against(Hand hand, int within) {
        return new Difference(tally.share(hand.word() + MEDIUM), tally.share(Hand.BOX.word() + MEDIUM), within);
    }

    private static String size(double share) {
        if (share > HUGE_SHARE) {
            return "over 10 %";
        }
        if (share > LARGE_SHARE) {
            return "2 to 10 %";
        }
        return share > MEDIUM_SHARE ? "0.5 to 2 %" : "up to 0.5 %";
    }

    private static double share(LabelledImage picture, Region region) {
        return region.box().area() / ((double) picture.width() * picture.height());
    }
}
