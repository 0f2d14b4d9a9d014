package ai.sphinxv.training.benchmark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionAnnotationsTest {
    private static final Task LVIS_BOX = Tasks.of(List.of("lvis-box")).getFirst();

    @TempDir
    private Path folder;

    private Published published;

    @BeforeEach
    void aFolder() {
        published = new Published(folder);
    }

    private List<Item> read(String json) throws IOException {
        published.picture("images/a.png").file("LVIS_box.json", json);
        return LVIS_BOX.read(published.data());
    }

    @Test
    void aBoxIsPublishedByItsCornerAndItsSize() throws IOException {
        List<Item> items = read("[" + Published.region(7, "a.png", "[10, 20, 30, 5]", "Region 1: cup") + "]");

        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.id()).isEqualTo("lvis-box/7");
            assertThat(item.marks()).containsExactly(new Box(10, 20, 40, 25));
            assertThat(item.maxTokens()).isEqualTo(256);
            assertThat(item.truth().asText()).isEqualTo("Region 1: cup");
            assertThat(item.picture()).isEqualTo(folder.resolve("images/a.png").toAbsolutePath());
        });
    }

    @Test
    void aBoxWithoutWidthIsWidenedToOnePixel() throws IOException {
        List<Item> items = read("[" + Published.region(1, "a.png", "[87, 20, 0, 22]", "Region 1: cup") + "]");

        assertThat(items.getFirst().marks()).containsExactly(new Box(86.5, 20, 87.5, 42));
    }

    @Test
    void pointsAreRead() throws IOException {
        List<Item> items = read("""
            [{"image_name": "a.png", "question_id": 1, "points": [[3, 4.5]], "question": "?", "gt_answers": "Mark 1: cup"}]
            """);

        assertThat(items.getFirst().marks()).containsExactly(new Point(3, 4.5));
    }

    @Test
    void elevenMarksAreRefusedWhereThePublishedModelDropsOne() {
        String boxes = "[1, 1, 2, 2], ".repeat(10) + "[1, 1, 2, 2]";

        assertThatThrownBy(() -> read("[" + Published.region(1, "a.png", boxes, "Region 1: cup") + "]"))
                .hasMessageStartingWith(
                        "LVIS_box.json: [0].bbox: a list of 1 to 10 marks is needed, this is [[1,1,2,2]");
    }

    @Test
    void aMissingFieldIsNamedWithItsPlace() {
        assertThatThrownBy(() -> read("[{\"image_name\": \"a.png\", \"question_id\": 1, \"bbox\": [[1, 1, 2, 2]]}]"))
                .hasMessageStartingWith("LVIS_box.json: [0]: an object with \"gt_answers\" is needed");
    }

    @Test
    void anIdThatComesTwiceIsRefused() {
        String one = Published.region(1, "a.png", "[1, 1, 2, 2]", "Region 1: cup");

        assertThatThrownBy(() -> read("[%s, %s]".formatted(one, one)))
                .hasMessage(
                        "LVIS_box.json: [1].question_id: a question_id that no other item of lvis-box has is needed,"
                                + " this is 1");
    }

    @Test
    void aPictureThatIsNotThereIsNamedBeforeAnythingIsAsked() throws IOException {
        published.file("LVIS_box.json", "[" + Published.region(1, "b.png", "[1, 1, 2, 2]", "Region 1: cup") + "]");

        assertThatThrownBy(() -> LVIS_BOX.read(published.data()))
                .isInstanceOf(MissingDataException.class)
                .hasMessageStartingWith("the picture b.png (LVIS_box.json: [0].image_name) is neither beside")
                .hasMessageEndingWith("give -Dimages=FOLDER");
    }

    @Test
    void noPictureIsReadFromOutsideTheFolders() throws IOException {
        published
                .picture("a.png")
                .file("deep/LVIS_box.json", "[" + Published.region(1, "../a.png", "[1, 1, 2, 2]", "x") + "]");

        assertThatThrownBy(() -> LVIS_BOX.read(published.data())).isInstanceOf(MissingDataException.class);
    }
}
