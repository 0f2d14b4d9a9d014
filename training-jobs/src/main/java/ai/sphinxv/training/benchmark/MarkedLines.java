package ai.sphinxv.training.benchmark;

import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.benchmark.RegionQuiz.Said;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * What a marked line says. Case and white space are ignored, because the receipts' annotators ignored them; a second
 * figure counts them.
 */
public final class MarkedLines {
    public static final String GENERATED = "lines read, generated %s pages";
    public static final String RECEIPTS = "lines read, receipts (SROIE, WildReceipt)";
    public static final String DOCUMENTS = "lines read, real documents";
    public static final String STREET = "words read, ICDAR 2015";

    /** A line of a page may take eighty tokens, and an answer has 256. */
    private static final int LINES_PER_QUESTION = 3;

    /** Letters of a word, and of a phrase. */
    private static final int SHORT = 8;

    private static final int LONG = 24;

    private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    /** Of documents' labels, those that may be one line as it is printed: lists and code come with marks of their own. */
    private static final Set<String> PRINTED_AS_THEY_SAY =
            Set.of("text", "title", "section_header", "caption", "page_header", "page_footer");

    /** What a converter writes where it knows no letter or sets a note's number. */
    private static final Pattern NOT_PRINTED = Pattern.compile("GLYPH<|\\$\\^");

    /** A printed letter is 0.3 to 0.6 times as wide as its line is high, but at most 0.2 times as two lines are. */
    private static final double NARROWEST_LETTER = 0.29;

    private MarkedLines() {}

    /** Of one domain's generated pages. */
    static void generated(String domain, Exam exam, List<LabelledImage> pages, int most, Report report) {
        BiPredicate<LabelledImage, Region> lines =
                (page, region) -> region.label().equals(Region.TEXT_LINE);
        measure(GENERATED.formatted(domain), 85, lines, exam, pages, most, report);
    }

    static void receipts(Exam exam, List<LabelledImage> pictures, int most, Report report) {
        BiPredicate<LabelledImage, Region> lines =
                (picture, region) -> isNamed(picture, "sroie") || isNamed(picture, "wildreceipt");
        measure(RECEIPTS, 70, lines, exam, pictures, most, report);
    }

    static void street(Exam exam, List<LabelledImage> pictures, int most, Report report) {
        measure(STREET, 40, (picture, region) -> isNamed(picture, "icdar"), exam, pictures, most, report);
    }

    static void documents(Exam exam, List<LabelledImage> pages, int most, Report report) {
        measure(DOCUMENTS, 70, (page, region) -> isOneLine(region), exam, pages, most, report);
    }

    private static boolean isNamed(LabelledImage picture, String begin) {
        return picture.file().getFileName().toString().startsWith(begin);
    }

    private static boolean isOneLine(Region region) {
        String text = text(region);
        double width = region.box().x2() - region.box().x1();
        double height = region.box().y2() - region.box().y1();
        return PRINTED_AS_THEY_SAY.contains(region.label())
                && !NOT_PRINTED.matcher(text).find()
                && width > NARROWEST_LETTER * height * text.length();
    }

    private static void measure(
            String name,
            int goal,
            BiPredicate<LabelledImage, Region> fits,
            Exam exam,
            List<LabelledImage> pictures,
            int most,
            Report report) {
        var quiz = new RegionQuiz(
                name, Instruction.OCR, (region, said) -> letters(said).equals(letters(text(region))), goal);
        var lines =
                Chosen.of(pictures, (picture, region) -> !text(region).isBlank() && fits.test(picture, region), most);
        List<Said> said = quiz.ask(exam.withMarksPerQuestion(LINES_PER_QUESTION), lines, report);
        if (said.isEmpty()) {
            return;
        }
        int exact = (int) said.stream()
                .filter(one -> one.text().equals(text(one.region())))
                .count();
        report.add(name + ", box, spaces and case counted", new Counted(new Share(exact, said.size()), 0));
        report.details(name + ", by letters", quiz.by(MarkedLines::length, said));
    }

    private static String length(Region region) {
        int letters = letters(text(region)).length();
        if (letters <= SHORT) {
            return "1 to %d".formatted(SHORT);
        }
        return letters <= LONG ? "%d to %d".formatted(SHORT + 1, LONG) : "over %d".formatted(LONG);
    }

    private static String letters(String text) {
        return SPACE.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private static String text(Region region) {
        String text = region.text();
        return text == null ? "" : text.strip();
    }
}
