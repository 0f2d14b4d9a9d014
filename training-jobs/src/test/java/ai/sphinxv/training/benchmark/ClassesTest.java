package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles and layout classes, and many of them in one question. */
class ClassesTest {
    private final Report report = new Report("scripted", line -> {});

    @TempDir
    private Path folder;

    @Test
    void everyElementButALineOfTextIsAskedForItsRole() throws IOException {
        var pages = new Drawn(folder)
                .picture(
                        "page.png",
                        "",
                        Drawn.region(5, 5, 40, 9, "button", ""),
                        Drawn.region(5, 20, 40, 9, "text field", ""),
                        Drawn.line(40, "Sign in"))
                .as("web-screenshot");

        UiRoles.measure(Exam.of(Scripted.ofEachMark((question, mark) -> "button")), pages, 300, report);

        assertThat(figure(UiRoles.NAME + ", box")).isEqualTo(new Share(1, 2).toString());
        assertThat(report.markdown())
                .contains("| UI roles, generated pages: button | 100.0 %")
                .contains("| UI roles, generated pages: text field | 0.0 %");
    }

    @Test
    void ofRealDocumentsOnlyPubLayNetsPagesAreAskedForTheirClasses() throws IOException {
        var pages = new Drawn(folder)
                .picture("PMC1.png", "", Drawn.region(5, 5, 40, 9, "table", ""))
                .picture("docling.png", "", Drawn.region(5, 5, 40, 9, "table", ""))
                .as("document");

        LayoutClasses.pubLayNet(Exam.of(Scripted.ofEachMark((question, mark) -> "table")), pages, 300, report);

        assertThat(figure(LayoutClasses.PUB_LAY_NET + ", box")).isEqualTo(new Share(1, 1).toString());
    }

    @Test
    void aModelThatCompanyConfusesIsFoundOut() throws IOException {
        var pages = new Drawn(folder)
                .picture("crowd.png", "", buttons(8))
                .picture("two.png", "", buttons(2))
                .as("web-screenshot");
        var model = Scripted.ofEachMark((question, mark) -> question.marks().size() == 1 ? "button" : "icon");

        ManyMarks.ui(Exam.of(model), pages, 300, report);

        assertThat(figure(ManyMarks.UI + ", 1 a question")).isEqualTo(new Share(8, 8).toString());
        assertThat(figure(ManyMarks.UI + ", 6 to 10 a question")).isEqualTo(new Share(0, 8).toString());
        assertThat(report.finding(ManyMarks.UI + ", 6 to 10 against 1").goal()).isEqualTo("within 5 points, missed");
        assertThat(model.marks()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 8);
    }

    private static String[] buttons(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Drawn.region(5, 10 * i, 40, 8, "button", ""))
                .toArray(String[]::new);
    }

    private String figure(String row) {
        return report.finding(row).figure();
    }
}
