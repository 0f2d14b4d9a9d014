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
    void aBoxHasTheBestScoresOfItsMiddleAndAPointThoseOfItsCellAndOfThoseAroundIt() {
        float[] map = new float[CONFIG.objectChannels() * 16];
        for (int i = 0; i < map.length; i++) {
            map[i] = i;
        }
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
}
