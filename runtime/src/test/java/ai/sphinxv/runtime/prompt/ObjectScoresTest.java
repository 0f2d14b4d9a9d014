package ai.sphinxv.runtime.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectScoresTest {
    private static final ModelConfig NANO = ModelConfig.named("nano");

    /** Two classes over 4 x 4 cells: the views have 32 pixels. */
    private static final ModelConfig CONFIG = new ModelConfig(
            "small",
            new ModelConfig.Image(
                    64,
                    1,
                    NANO.image().padding(),
                    List.of(0, 0, 0),
                    List.of(0.0, 0.0, 0.0),
                    List.of(1.0, 1.0, 1.0),
                    false),
            List.of(new Expert.NanoDet("nanodet", 2)),
            null,
            NANO.prompts(),
            null,
            null,
            null,
            NANO.language(),
            NANO.template());

    @Test
    void thePromptEncoderReadsTheLargestOfTheMiddleOfABoxAndThatOfAPointsCell() {
        int channels = CONFIG.objectChannels();
        float[] corners = {
            0,
            0,
            1,
            1, // its middle 40 % holds the four cells in the middle: 5, 6, 9, 10
            0.1f,
            0.1f,
            0.1f,
            0.1f, // the first cell
            0.5f,
            0,
            1,
            0.25f, // a quarter of the square's width and 0.4 of a row: cells 2 and 3 touch no more than one
            0,
            0,
            0,
            0 // no mark
        };

        float[] found = ObjectScores.largest(map(), corners, 3, CONFIG);

        assertThat(found).hasSize(3 * channels);
        assertThat(found).startsWith(10, 26, 42, 58);
        assertThat(found[channels - 1]).isEqualTo(16 * (channels - 1) + 10);
        assertThat(found[channels]).isEqualTo(0);
        assertThat(found[channels + 1]).isEqualTo(16);
        assertThat(found[2 * channels]).isEqualTo(3);
    }

    @Test
    void aMarkInTheLastCornerHasTheLastCell() {
        assertThat(ObjectScores.largest(map(), new float[] {1, 1, 1, 1}, 1, CONFIG))
                .startsWith(15, 31);
    }

    @Test
    void aBoxHasTheBestScoresOfItsMiddleAndAPointThoseOfItsCellAndOfThoseAroundIt() {
        float[] map = map();
        var square = new PaddedSquare(100, 100, NANO.image().padding());
        List<VisualPrompt> marks =
                List.of(new Box(0, 0, 100, 100), new Point(10, 10), new Box(50, 0, 100, 25), new Point(60, 60));
        var slots = PromptSlots.of(marks, square, 10);

        // the middle 40 % of the whole holds the four cells in the middle: 5, 6, 9, 10
        assertThat(ObjectScores.under(map, slots, 0, CONFIG)).containsExactly(10, 26, 42, 58);
        assertThat(ObjectScores.under(map, slots, 1, CONFIG)).containsExactly(5, 21, 37, 53);
        assertThat(ObjectScores.under(map, slots, 2, CONFIG)).containsExactly(3, 19, 35, 51);
        assertThat(ObjectScores.under(map, slots, 3, CONFIG)).containsExactly(15, 31, 47, 63);
    }

    private static float[] map() {
        float[] map = new float[CONFIG.objectChannels() * 16];
        for (int i = 0; i < map.length; i++) {
            map[i] = i;
        }
        return map;
    }
}
