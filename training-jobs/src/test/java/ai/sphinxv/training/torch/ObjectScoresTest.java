package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.onnx.network.ObjectScores;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Class scores are pooled over exactly the cells that a mark covers. */
class ObjectScoresTest {
    private static final ModelConfig NANO = ModelConfig.named("nano");

    /** One class over 4 x 4 cells: the views have 32 pixels. */
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
            List.of(new Expert.NanoDet("nanodet", 1)),
            null,
            new ModelConfig.Prompts(3, 8, 16, NANO.prompts().encoding(), false),
            null,
            null,
            NANO.language(),
            NANO.template());

    @BeforeAll
    static void startLibTorch() {
        LibTorch.start(1);
    }

    @Test
    void aBoxHasTheBestScoreOfItsMiddleAndAPointThatOfItsCell() {
        float[] map = new float[2 * 16];
        for (int i = 0; i < map.length; i++) {
            map[i] = i; // whole square 0 to 15, quarters 16 to 31
        }
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
            0.25f // a quarter of the square's width and 0.4 of a row: cells 2 and 3 touch no more than one
        };

        float[] scores;
        try (var scope = new PointerScope();
                var parameters = Parameters.initial(java.util.Map.of(), 1, 1)) {
            scores = Parameters.values(ObjectScores.under(
                    new TorchOps(parameters), CONFIG, Tensor.create(corners, 1, 3, 4), Tensor.create(map, 1, 2, 16)));
        }

        assertThat(scores[0]).isEqualTo(10);
        assertThat(scores[1]).isEqualTo(26);
        assertThat(scores[2]).isEqualTo(0);
        assertThat(scores[3]).isEqualTo(16);
        assertThat(scores[4]).isEqualTo(3);
    }
}
