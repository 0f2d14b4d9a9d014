package ai.sphinxv.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Manifest;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.source.CocoNames;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.RegionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** On the bundle that this repository carries: its converted, frozen networks still know what they were taught. */
class ExpertsAloneTest {
    private static final Path EMBEDDED = Path.of("../functions/src/main/resources/nano");
    private static final Path REGIONS =
            Path.of(System.getProperty("sphinxv.shared", "../../shared")).resolve("data/regions");

    private final Report report = new Report("experts", line -> {});

    @Test
    void theModelIsToldCocosNames() {
        assertThat(Objects.requireNonNull(ModelConfig.named("nano").objects()).names())
                .isEqualTo(CocoNames.ALL);
    }

    @Test
    void theObjectExpertNamesMostThingsAndTheTextExpertReadsMostLines() throws IOException {
        assumeTrue(Files.exists(REGIONS), "the labelled pictures lie in ../shared, which is not here");
        assumeTrue(Files.exists(EMBEDDED.resolve(Manifest.FILE)), "this checkout carries no model");
        var bundle = Bundle.open(EMBEDDED);
        assumeTrue(ExpertsAlone.areIn(bundle.config()), "the embedded model has no experts");

        try (var experts = ExpertsAlone.open(bundle, new Providers(List.of(), 0))) {
            var exam = Exam.of(experts::answer);
            CocoObjects.measure(exam, pictures("natural"), report);
            MarkedLines.receipts(exam, pictures("ocr"), 60, report);
        }

        assertThat(value(CocoObjects.NAME + ", box, over 0.5 % of the image")).isGreaterThan(0.75);
        assertThat(value(CocoObjects.NAME + ", point, over 0.5 % of the image")).isGreaterThan(0.6);
        assertThat(value(MarkedLines.RECEIPTS + ", box")).isGreaterThan(0.6);
    }

    private double value(String row) {
        return ((Counted) report.finding(row)).share().value();
    }

    private static List<LabelledImage> pictures(String domain) throws IOException {
        return RegionFile.read(REGIONS.resolve(domain + ".json"));
    }
}
