package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.Question;
import ai.sphinxv.training.scenes.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelationsTest {
    private final Report report = new Report("scripted", line -> {});

    @Test
    void theWholeSentenceMustBeRight(@TempDir Path folder) throws IOException {
        var pages = new Drawn(folder)
                .picture(
                        "row.png",
                        "",
                        Drawn.region(5, 5, 20, 20, "button", ""),
                        Drawn.region(5, 60, 20, 20, "button", ""))
                .as("web-screenshot");
        var model = Scripted.saying(RelationsTest::aboveOrBelow);

        Relations.pages(Exam.of(model), pages, 300, report);

        assertThat(report.finding(Relations.PAGES).figure())
                .isIn(new Share(1, 1).toString(), new Share(0, 1).toString());
        assertThat(report.finding(Relations.PAGES + ", by the fixed instruction"))
                .isEqualTo(report.finding(Relations.PAGES + ", clear ones"));
    }

    @Test
    void asManyPairsOfScenesAreAskedAsWanted() {
        var model = Scripted.saying(question -> "<Region 1> is above <Region 2>.");

        Relations.scenes(Exam.of(model), Catalog.open(), 12, report);

        assertThat(report.finding(Relations.SCENES).figure()).endsWith("n = 12)");
        assertThat(model.marks()).hasSize(24).containsOnly(2);
    }

    private static String aboveOrBelow(Question question) {
        String asked = question.conversation().turns().getFirst().question();
        String sentence = "<Region 1> is above <Region 2>.";
        return asked.startsWith("What is the relation") ? sentence : "<Region 1><Region 2>: " + sentence;
    }
}
