package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledPicturesTest {
    @TempDir
    private Path folder;

    private List<Item> read(String task, String file, String regions) throws IOException {
        var published = new Published(folder).picture("a.png").file(file, """
            [{"image": "a.png", "domain": "natural", "split": "val", "width": 100, "height": 50, "license": "own",
              "regions": [%s]}]
            """.formatted(regions));
        return Tasks.of(List.of(task)).getFirst().read(published.data());
    }

    private static String region(int x, String label, String more) {
        return "{\"box\": [%d, 5, 10, 10], \"label\": \"%s\"%s}".formatted(x, label, more);
    }

    @Test
    void objectsAreAskedTenAtATimeAndStuffIsNot() throws IOException {
        var regions = (region(1, "cup", "") + ", ").repeat(11) + region(1, "sky-other-merged", "");

        List<Item> items = read("own-objects", "natural.json", regions);

        assertThat(items).extracting(item -> item.marks().size()).containsExactly(10, 1);
        assertThat(items.get(1).truth().asText()).isEqualTo("Region 1: cup");
    }

    @Test
    void theOtherClassIsTheNearestOneOfAnotherName() throws IOException {
        List<Item> items = read(
                "own-choice",
                "natural.json",
                region(0, "bear", "") + "," + region(12, "teddy bear", "") + "," + region(30, "cup", "") + ","
                        + region(70, "dog", ""));

        assertThat(items.getFirst().truth().path("neg_class").asText())
                .as("a teddy bear is called a bear too")
                .isEqualTo("cup");
    }

    @Test
    void linesAreAskedThreeAtATime() throws IOException {
        String line = region(1, "text", ", \"text\": \" TOTAL 5.00 \"");

        List<Item> items = read("own-lines", "ocr.json", String.join(",", List.of(line, line, line, line)));

        assertThat(items).hasSize(2);
        assertThat(items.get(1).truth().asText()).isEqualTo("Region 1: TOTAL 5.00");
    }
}
