package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.benchmark.Finding.Difference;
import ai.sphinxv.training.scenes.Catalog;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @Test
    void aShareSaysWhetherItReachedItsGoal() {
        assertThat(new Counted(new Share(70, 100), 70).goal()).isEqualTo("at least 70 %, reached");
        assertThat(new Counted(new Share(69, 100), 70).goal()).isEqualTo("at least 70 %, missed");
        assertThat(new Counted(new Share(0, 0), 70).goal()).isEqualTo("at least 70 %");
        assertThat(new Counted(new Share(69, 100), 0).goal()).isEmpty();
    }

    @Test
    void aDifferenceComesWithItsInterval() {
        // Newcombe 1998, example (a): 56/70 against 48/80 is 0.2000 (0.0524 to 0.3339) by method 10
        assertThat(new Difference(new Share(56, 70), new Share(48, 80), 3).figure())
                .isEqualTo("+20.0 points (+5.2 to +33.4, n = 70)");
    }

    @Test
    void aDifferenceMayBeAsMuchWorseAsItsGoalAllows() {
        assertThat(new Difference(new Share(47, 100), new Share(50, 100), 3).goal())
                .isEqualTo("within 3 points, reached");
        assertThat(new Difference(new Share(46, 100), new Share(50, 100), 3).goal())
                .isEqualTo("within 3 points, missed");
        assertThat(new Difference(new Share(90, 100), new Share(50, 100), 3).goal())
                .isEqualTo("within 3 points, reached");
    }

    @Test
    void aDifferenceSaysNothingOfAModelThatKnowsNothing() {
        assertThat(new Difference(new Share(0, 100), new Share(1, 100), 3).goal())
                .isEqualTo("within 3 points, says nothing: too few are right");
    }

    @Test
    void theTableIsToldAsItGrowsAndWrittenWithJsonBesideIt(@TempDir Path folder) throws IOException {
        var lines = new ArrayList<String>();
        var report = new Report("nano@1", lines::add);
        report.add("roles", new Counted(new Share(81, 100), 85));

        Path file = folder.resolve("made/evaluation.md");
        report.write(file);

        assertThat(lines).last().isEqualTo("| roles | 81.0 % (72.2 to 87.5, n = 100) | at least 85 %, missed |  |");
        assertThat(file).content().startsWith("# nano@1, measured").contains(lines.getLast());
        var row = new ObjectMapper()
                .readTree(Files.readString(folder.resolve("made/evaluation.json")))
                .at("/findings/roles");
        assertThat(row.path("right").intValue()).isEqualTo(81);
        assertThat(row.path("percent").doubleValue()).isEqualTo(81);
    }

    @Test
    void whatTheExpertsKnowAloneStandsBesideTheWhole() {
        var experts = new Report("experts", line -> {});
        experts.add("objects", new Counted(new Share(8, 10), 70));
        var lines = new ArrayList<String>();

        new Report("nano@1", lines::add, experts).add("objects", new Counted(new Share(9, 10), 70));

        assertThat(lines).last().asString().contains("| 90.0 % ").endsWith("| 80.0 % (49.0 to 94.3, n = 10) |");
    }

    @Test
    void aRefusedQuestionIsAnsweredWithNothingAndReported() {
        var refusals = new Refusals(question -> {
            throw new InvalidPromptException("too long");
        });
        var report = new Report("refuses", line -> {});
        var image = new RgbImage(10, 10, new byte[300]);

        assertThat(Exam.of(refusals::answer).ask(Instruction.LABEL, image, List.of(new Point(1, 1))))
                .containsExactly("");
        refusals.report(report);

        assertThat(report.finding("refused").figure()).isEqualTo("1 questions; the first: too long");
    }

    @Test
    void whatIsMissingIsNamedAndTheRestIsMeasured(@TempDir Path folder) throws IOException {
        new Drawn(folder).picture("sroie_1.png", "", Drawn.line(0, "TOTAL")).as("ocr");
        var lines = new ArrayList<String>();
        var report = new Report("scripted", lines::add);
        Path none = folder.resolve("none");

        new Benchmarks(folder, none, 2, 5)
                .run(Scripted.ofEachMark((question, mark) -> "total"), Catalog.open(), report);

        assertThat(report.finding(CocoObjects.NAME).figure())
                .isEqualTo("not measured: %s is missing".formatted(folder.resolve("natural.json")));
        assertThat(report.finding(UiRoles.NAME).figure()).isEqualTo("not measured: %s is missing".formatted(none));
        assertThat(report.finding(MarkedLines.RECEIPTS + ", box").figure()).startsWith("100.0 %");
        assertThat(report.finding("first token").figure()).startsWith("40 ms (median of ");
        assertThat(report.finding("tokens after it").figure()).startsWith("100 a second");
        assertThat(lines).last().asString().startsWith("| whole answer | ");
    }
}
