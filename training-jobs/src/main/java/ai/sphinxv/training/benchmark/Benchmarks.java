package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.source.LabelledImage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All benchmarks, one after the other.
 *
 * @param regions folder of real pictures
 * @param pages folder of generated ones that no training run can see
 * @param scenes generated scenes to ask about
 * @param most regions, pairs or marks of one measurement; COCO's objects are all asked
 */
public record Benchmarks(Path regions, Path pages, int scenes, int most) {
    private static final String WEB = "web-screenshot";
    private static final String MOBILE = "mobile-screenshot";
    private static final String DOCUMENT = "document";
    private static final String OCR = "ocr";
    private static final String NATURAL = "natural";

    /** Asks {@link ExpertsAlone} what they know: objects and lines. */
    public void experts(Function<Question, Answer> experts, Report report) {
        var exam = Exam.of(experts);
        real(CocoObjects.NAME, NATURAL, report, one -> CocoObjects.measure(exam, one, report));
        lines(exam, report);
    }

    /** Asks that model; a benchmark whose pictures are missing leaves a row that says so. */
    public void run(Function<Question, Answer> model, Catalog catalog, Report report) {
        var speed = new Speed(model);
        var refusals = new Refusals(speed::answer);
        var exam = Exam.of(refusals::answer);
        objectsAndClasses(exam, report);
        lines(exam, report);
        Relations.scenes(exam, catalog, most, report);
        generated(Relations.PAGES, List.of(WEB, MOBILE), report, one -> Relations.pages(exam, one, most, report));
        generated(ManyMarks.UI, List.of(WEB, MOBILE), report, one -> ManyMarks.ui(exam, one, most, report));
        real(ManyMarks.COCO, NATURAL, report, one -> ManyMarks.coco(exam, one, most, report));
        HeldOutScenes.measure(refusals::answer, catalog, scenes)
                .shares()
                .forEach((name, share) -> report.add("scenes, " + name, new Counted(share, 0)));
        refusals.report(report);
        speed.report(report);
    }

    private void objectsAndClasses(Exam exam, Report report) {
        real(CocoObjects.NAME, NATURAL, report, one -> CocoObjects.measure(exam, one, report));
        generated(UiRoles.NAME, List.of(WEB, MOBILE), report, one -> UiRoles.measure(exam, one, most, report));
        generated(
                LayoutClasses.GENERATED,
                List.of(DOCUMENT),
                report,
                one -> LayoutClasses.generated(exam, one, most, report));
        real(LayoutClasses.PUB_LAY_NET, DOCUMENT, report, one -> LayoutClasses.pubLayNet(exam, one, most, report));
    }

    private void lines(Exam exam, Report report) {
        for (String domain : List.of(WEB, MOBILE, DOCUMENT, OCR)) {
            generated(
                    MarkedLines.GENERATED.formatted(domain),
                    List.of(domain),
                    report,
                    one -> MarkedLines.generated(domain, exam, one, most, report));
        }
        real(MarkedLines.RECEIPTS, OCR, report, one -> MarkedLines.receipts(exam, one, most, report));
        real(MarkedLines.DOCUMENTS, DOCUMENT, report, one -> MarkedLines.documents(exam, one, most, report));
        real(MarkedLines.STREET, OCR, report, one -> MarkedLines.street(exam, one, most, report));
    }

    private void real(String name, String domain, Report report, Consumer<List<LabelledImage>> measurement) {
        new PictureFolder(regions).measure(name, List.of(domain), report, measurement);
    }

    private void generated(
            String name, List<String> domains, Report report, Consumer<List<LabelledImage>> measurement) {
        new PictureFolder(pages).measure(name, domains, report, measurement);
    }
}
