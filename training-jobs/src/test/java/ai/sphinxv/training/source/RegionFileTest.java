package ai.sphinxv.training.source;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionFileTest {
    @TempDir
    Path folder;

    @Test
    void aBoxIsReadFromCornerAndSizeAndKeptInsideThePicture() throws IOException {
        assertThat(only("{\"box\": [-5, 10, 20, 300], \"label\": \"button\"}").regions())
                .containsExactly(new Region(new Box(0, 10, 15, 50), "button", null, Map.of(), null, -1, false));
    }

    @Test
    void whatIsKnownBesideTheLabelIsReadToo() throws IOException {
        var region = only("{\"box\": [1, 2, 3, 4], \"label\": \"icon\", \"text\": \"x\", \"panel\": \"a\","
                        + " \"segment_id\": 7, \"attributes\": {\"name\": \"search\"}}")
                .regions()
                .getFirst();

        assertThat(region.text()).isEqualTo("x");
        assertThat(region.panel()).isEqualTo("a");
        assertThat(region.segment()).isEqualTo(7);
        assertThat(region.attributes()).containsExactly(Map.entry("name", "search"));
    }

    @Test
    void crowdsAndUnreadableTextAreNotCounted() throws IOException {
        assertThat(only("{\"box\": [1, 2, 3, 4], \"label\": \"person\", \"iscrowd\": 1}")
                        .regions())
                .allMatch(Region::ignored);
        assertThat(only("{\"box\": [1, 2, 3, 4], \"label\": \"text\", \"ignore\": true}")
                        .regions())
                .allMatch(Region::ignored);
    }

    @Test
    void aRegionOutsideThePictureIsLeftOut() throws IOException {
        assertThat(only("{\"box\": [100, 2, 3, 4], \"label\": \"text\"}").regions())
                .isEmpty();
    }

    @Test
    void thePictureLiesBesideTheFile() throws IOException {
        assertThat(only("{\"box\": [1, 2, 3, 4], \"label\": \"text\"}").file()).isEqualTo(folder.resolve("a/b.png"));
    }

    private LabelledImage only(String region) throws IOException {
        Path json = folder.resolve("ocr.json");
        Files.writeString(
                json,
                "[{\"image\": \"a/b.png\", \"domain\": \"ocr\", \"width\": 100, \"height\": 50, \"license\": \"\","
                        + " \"regions\": [" + region + "]}]");
        return RegionFile.read(json).getFirst();
    }
}
