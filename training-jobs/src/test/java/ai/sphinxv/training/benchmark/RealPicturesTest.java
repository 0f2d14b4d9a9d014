package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.FreeForm;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import ai.sphinxv.training.source.RegionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who knows the labels gets everything right: what is asked of the real pictures can be answered. */
class RealPicturesTest {
    private static final Path REGIONS =
            Path.of(System.getProperty("sphinxv.shared", "../../shared")).resolve("data/regions");

    private final Report report = new Report("who knows all", line -> {});
    private final Map<Integer, LabelledImage> known = new HashMap<>();
    private final Map<LabelledImage, SegmentMask> masks = new HashMap<>();

    @BeforeEach
    void thePicturesAreHere() {
        assumeTrue(Files.exists(REGIONS), "the labelled pictures lie in ../shared, which is not here");
    }

    @Test
    void everyThingOfCocoCanBeNamedByItsBoxAndByAPointInIt() throws IOException {
        CocoObjects.measure(exam(), learn("natural"), report);

        assertAllRight(CocoObjects.NAME + ", box, over 0.5 % of the image", 219);
        assertAllRight(CocoObjects.NAME + ", box, all", 360);
        assertAllRight(CocoObjects.NAME + ", point, all", 360);
    }

    @Test
    void everyBlockOfPubLayNetAndEveryLineCanBeNamedAndRead() throws IOException {
        LayoutClasses.pubLayNet(exam(), learn("document"), 1000, report);
        MarkedLines.documents(exam(), learn("document"), 1000, report);
        MarkedLines.receipts(exam(), learn("ocr"), 200, report);

        assertAllRight(LayoutClasses.PUB_LAY_NET + ", box", 104);
        assertAllRight(MarkedLines.DOCUMENTS + ", box", 69);
        assertAllRight(MarkedLines.RECEIPTS + ", box, spaces and case counted", 200);
    }

    private Exam exam() {
        return Exam.of(Scripted.ofEachMark(this::answer));
    }

    private List<LabelledImage> learn(String domain) throws IOException {
        List<LabelledImage> pictures = RegionFile.read(REGIONS.resolve(domain + ".json"));
        for (LabelledImage picture : pictures) {
            known.put(key(picture.read()), picture);
        }
        return pictures;
    }

    private static int key(RgbImage image) {
        return Arrays.hashCode(image.rgb());
    }

    private String answer(Question question, VisualPrompt mark) {
        LabelledImage picture = Objects.requireNonNull(known.get(key(question.image())));
        Region region = picture.regions().stream()
                .max(Comparator.comparingDouble(one -> fit(picture, one, mark)))
                .orElseThrow();
        String asked = question.conversation().turns().getFirst().question();
        return asked.contains("ocr") ? String.valueOf(region.text()) : region.label();
    }

    private double fit(LabelledImage picture, Region region, VisualPrompt mark) {
        return switch (mark) {
            case Box box -> overlap(box, region.box());
            case FreeForm form -> overlap(form.boundingBox(), region.box());
            case Point point -> mask(picture).contains(region.segment(), (int) point.x(), (int) point.y()) ? 1 : 0;
        };
    }

    private SegmentMask mask(LabelledImage picture) {
        return masks.computeIfAbsent(picture, one -> SegmentMask.of(one).orElseThrow());
    }

    /** Intersection over union. */
    private static double overlap(Box one, Box other) {
        double width = Math.min(one.x2(), other.x2()) - Math.max(one.x1(), other.x1());
        double height = Math.min(one.y2(), other.y2()) - Math.max(one.y1(), other.y1());
        double common = Math.max(0, width) * Math.max(0, height);
        return common / (area(one) + area(other) - common);
    }

    private static double area(Box box) {
        return (box.x2() - box.x1()) * (box.y2() - box.y1());
    }

    private void assertAllRight(String row, int of) {
        assertThat(report.finding(row).figure()).isEqualTo(new Share(of, of).toString());
    }
}
