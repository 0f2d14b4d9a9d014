package ai.sphinxv.training.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.bundle.BundleException;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.data.Questions;
import ai.sphinxv.training.scenes.Catalog;
import ai.sphinxv.training.scenes.SceneGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleModelTest {
    private static final Path EMBEDDED = Path.of("../functions/src/main/resources/nano");

    private static Asked label(Picture picture, double x) {
        return new Asked(picture, List.of(new Box(x, 10, x + 60, 70)), Questions.LABEL.formatted("region"), 1024);
    }

    @Test
    void aPictureThatWasJustSeenGivesTheSameAnswersAsOneSeenAnew() throws Exception {
        assumeTrue(Files.exists(EMBEDDED.resolve("sphinxv.json")), "this checkout carries no model");
        var scenes = new SceneGenerator(Catalog.open(), 1);
        var picture = new Picture(Path.of("a.png"), new byte[0], scenes.scene(7).image());
        var another = new Picture(Path.of("b.png"), new byte[0], scenes.scene(8).image());
        try (var model = new BundleModel(EMBEDDED)) {
            String first = model.ask(label(picture, 10));
            String second = model.ask(label(picture, 90)); // does not look again
            model.ask(label(another, 10));

            assertThat(model.ask(label(picture, 90))).isEqualTo(second).startsWith("<Region 1>: ");
            assertThat(model.ask(label(picture, 10))).isEqualTo(first).startsWith("<Region 1>: ");
        }
    }

    @Test
    void aFolderWithoutABundleIsNamed(@TempDir Path empty) {
        assertThatThrownBy(() -> new BundleModel(empty).close())
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(empty.toString());
    }
}
