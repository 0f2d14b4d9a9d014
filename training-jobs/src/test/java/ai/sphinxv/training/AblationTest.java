package ai.sphinxv.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.training.benchmark.Finding.Counted;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a whole, too short to learn anything: what the arms learn is measured, not tested. */
class AblationTest {
    private static final Path RECIPES = Path.of("recipes").toAbsolutePath();

    @Test
    void everyArmIsTrainedAndMeasuredOnTheSameRegions(@TempDir Path folder) throws IOException {
        Path recipe = folder.resolve("short.properties");
        Files.writeString(recipe, """
                train.model=%s
                train.scenes=6
                train.held-out-scenes=3
                """.formatted(RECIPES.resolve("ablation.json")));
        for (String stage : new String[] {"regions", "language", "align", "finetune"}) {
            Files.writeString(
                    recipe,
                    Files.readString(recipe)
                            + "train.%1$s.steps=2\ntrain.%1$s.batch=2\ntrain.%1$s.rate=1e-3\n".formatted(stage));
        }

        var report = Ablation.run(recipe, folder.resolve("out"), new PrintStream(OutputStream.nullOutputStream()));

        var asked = Stream.of(
                        "visual prompt encoder, two stages",
                        "visual prompt encoder, one stage",
                        "alpha blending, two stages",
                        "coordinates in the question, two stages")
                .flatMap(arm -> Stream.of("labels, " + arm, "brief descriptions, " + arm))
                .map(row -> ((Counted) report.finding(row)).share().of())
                .distinct()
                .toList();
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst()).isGreaterThanOrEqualTo(3);
        assertThat(folder.resolve("out/ablation.md")).content().contains("| labels, alpha blending, two stages | ");
    }
}
