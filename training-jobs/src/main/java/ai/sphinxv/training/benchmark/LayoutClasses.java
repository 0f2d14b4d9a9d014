package ai.sphinxv.training.benchmark;

import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Blocks of document pages: is it text, a title, a table? */
public final class LayoutClasses {
    public static final String GENERATED = "layout classes, generated documents";
    public static final String PUB_LAY_NET = "layout classes, PubLayNet pages";

    private static final Set<String> GENERATED_CLASSES =
            Set.of("title", "text", "list", "table", "figure", "formula", "code", "page header", "page footer");
    private static final Set<String> PUB_LAY_NET_CLASSES = Set.of("text", "title", "list", "table", "figure");

    private LayoutClasses() {}

    static void generated(Exam exam, List<LabelledImage> pages, int most, Report report) {
        measure(GENERATED, 85, (page, region) -> GENERATED_CLASSES.contains(region.label()), exam, pages, most, report);
    }

    /** Of pages whose files are named as PubMed Central names articles, which in these collections only PubLayNet's are. */
    static void pubLayNet(Exam exam, List<LabelledImage> pages, int most, Report report) {
        measure(
                PUB_LAY_NET,
                80,
                (page, region) -> page.file().getFileName().toString().startsWith("PMC")
                        && PUB_LAY_NET_CLASSES.contains(region.label()),
                exam,
                pages,
                most,
                report);
    }

    private static void measure(
            String name,
            int goal,
            BiPredicate<LabelledImage, Region> fits,
            Exam exam,
            List<LabelledImage> pages,
            int most,
            Report report) {
        var quiz = new RegionQuiz(name, Instruction.LABEL, (region, said) -> said.equals(region.label()), goal);
        report.details(name, quiz.by(Region::label, quiz.ask(exam, Chosen.of(pages, fits, most), report)));
    }
}
