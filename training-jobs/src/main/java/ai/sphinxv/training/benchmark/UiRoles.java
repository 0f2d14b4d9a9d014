package ai.sphinxv.training.benchmark;

import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import java.util.List;

/** Elements of web and mobile pages: is it a button, a text field, an icon? */
public final class UiRoles {
    public static final String NAME = "UI roles, generated pages";
    private static final int GOAL = 85;

    private UiRoles() {}

    static void measure(Exam exam, List<LabelledImage> pages, int most, Report report) {
        var quiz = new RegionQuiz(NAME, Instruction.LABEL, (region, said) -> said.equals(region.label()), GOAL);
        var elements = Chosen.of(pages, UiRoles::isElement, most);
        report.details(NAME, quiz.by(Region::label, quiz.ask(exam, elements, report)));
    }

    /** Anything but a line of text, which is asked what it says. */
    static boolean isElement(LabelledImage page, Region region) {
        return !region.label().equals(Region.TEXT_LINE);
    }
}
