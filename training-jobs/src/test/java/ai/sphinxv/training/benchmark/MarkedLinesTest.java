package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedLinesTest {
    private final Report report = new Report("scripted", line -> {});
    private final Scripted model = Scripted.ofEachMark((question, mark) -> "total 4.50");

    @TempDir
    private Path folder;

    @Test
    void caseAndSpacesAreIgnoredInTheFirstFigureAndCountedInTheSecond() throws IOException {
        var pages = new Drawn(folder)
                .picture(
                        "page.png",
                        "",
                        Drawn.line(0, "TOTAL4.50"),
                        Drawn.line(20, "total 4.50"),
                        Drawn.line(40, "total 4.51"),
                        Drawn.region(5, 60, 50, 20, "button", ", \"text\": \"total 4.50\""))
                .as("ocr");

        MarkedLines.generated("ocr", Exam.of(model), pages, 300, report);

        String name = MarkedLines.GENERATED.formatted("ocr");
        assertThat(figure(name + ", box")).isEqualTo(new Share(2, 3).toString());
        assertThat(figure(name + ", free-form")).isEqualTo(new Share(2, 3).toString());
        assertThat(figure(name + ", box, spaces and case counted")).isEqualTo(new Share(1, 3).toString());
        assertThat(figure(name + ", free-form against box")).startsWith("+0.0 points");
    }

    @Test
    void receiptsAndStreetsAreToldApartByTheirFiles() throws IOException {
        var pictures = new Drawn(folder)
                .picture("sroie_1.png", "", Drawn.line(0, "TOTAL 4.50"))
                .picture("wildreceipt_1.png", "", Drawn.line(0, "Total4.50"))
                .picture("icdar15_1.png", "", Drawn.line(0, "EXIT"), Drawn.region(0, 50, 9, 9, "text", ""))
                .as("ocr");

        MarkedLines.receipts(Exam.of(model), pictures, 300, report);
        MarkedLines.street(Exam.of(model), pictures, 300, report);

        assertThat(figure(MarkedLines.RECEIPTS + ", box")).isEqualTo(new Share(2, 2).toString());
        assertThat(figure(MarkedLines.STREET + ", box")).isEqualTo(new Share(0, 1).toString());
    }

    @Test
    void wordsThatNobodyWroteDownAreNotMeasured() throws IOException {
        var pictures = new Drawn(folder)
                .picture("icdar15_1.png", "", Drawn.region(0, 50, 9, 9, "text", ""))
                .as("ocr");

        MarkedLines.street(Exam.of(model), pictures, 300, report);

        assertThat(figure(MarkedLines.STREET)).isEqualTo("not measured: no region of these pictures fits");
    }

    @Test
    void ofRealDocumentsOnlyBoxesOfOneLineAreRead() throws IOException {
        String words = ", \"text\": \"total 4.50\"";
        var pages = new Drawn(folder)
                .picture(
                        "page.png",
                        "",
                        Drawn.region(5, 5, 40, 9, "text", words),
                        Drawn.region(5, 20, 25, 18, "text", words), // the same words on two lines
                        Drawn.region(5, 50, 40, 9, "list_item", words),
                        Drawn.region(5, 70, 90, 9, "text", ", \"text\": \"GLYPH<g3> 4.50\""))
                .as("document");

        MarkedLines.documents(Exam.of(model), pages, 300, report);

        assertThat(figure(MarkedLines.DOCUMENTS + ", box")).isEqualTo(new Share(1, 1).toString());
    }

    private String figure(String row) {
        return report.finding(row).figure();
    }
}
