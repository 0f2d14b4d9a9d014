package ai.sphinxv.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import ai.sphinxv.training.source.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFileTest {
    private static final Box BOX = new Box(1, 2, 3, 4);
    private static final PictureFeatures PICTURE = new PictureFeatures(
            "ocr",
            30,
            20,
            new float[] {1, 0, 1, 1, 1},
            Halves.of(new float[] {0.5f, -2}),
            List.of(new RegionFeatures(
                    new Region(BOX, "text", "A", Map.of("color", "red"), null, -1, false),
                    List.of(mark(BOX), mark(new Stroke(List.of(new Point(1, 2), new Point(3, 4))))),
                    List.of(mark(new Point(2, 3))),
                    "A")));

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path file = folder.resolve("features.smile");
        Iterator<PictureFeatures> pictures = List.of(PICTURE, PICTURE).iterator();
        FeatureFile.write(file, () -> pictures.hasNext() ? Optional.of(pictures.next()) : Optional.empty());

        assertThat(FeatureFile.read(file))
                .hasSize(2)
                .allSatisfy(read -> assertThat(read).usingRecursiveComparison().isEqualTo(PICTURE));
    }

    @Test
    void aFileThatWasBrokenOffIsNotThere() {
        Path file = folder.resolve("features.smile");

        assertThatThrownBy(() -> FeatureFile.write(file, () -> {
                    throw new IOException("full");
                }))
                .hasMessage("full");
        assertThat(file).doesNotExist();
    }

    private static MarkFeatures mark(ai.sphinxv.runtime.prompt.VisualPrompt mark) {
        return new MarkFeatures(mark, new float[] {0, 0.5f, 1, 1}, new byte[] {1, -1}, Halves.of(new float[] {3}));
    }
}
