package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.onnx.network.ObjectMap;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the object expert finds is pooled over exactly the cells that a mark covers. */
class ObjectMapTest {
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
            new ModelConfig.Prompts(3, 8, 16, NANO.prompts().encoding(), false, false, 0),
            null,
            null,
            null,
            NANO.language(),
            NANO.template());

    @BeforeAll
    static void startLibTorch() {
        LibTorch.start(1, Processor.Wanted.CPU);
    }

    @Test
    void aBoxHasTheBestScoreOfItsMiddleAndAPointThatOfItsCell() {
        int channels = CONFIG.objectChannels();
        float[] map = new float[channels * 16];
        for (int i = 0; i < map.length; i++) {
            map[i] = i; // whole square 0 to 15, quarters 16 to 31, then features
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
            scores = Parameters.values(ObjectMap.under(
                    new TorchOps(parameters),
                    CONFIG,
                    Tensor.create(corners, 1, 3, 4),
                    Tensor.create(map, 1, channels, 16)));
        }

        assertThat(scores[0]).isEqualTo(10);
        assertThat(scores[1]).isEqualTo(26);
        assertThat(scores[channels - 1]).isEqualTo(16 * (channels - 1) + 10);
        assertThat(scores[channels]).isEqualTo(0);
        assertThat(scores[channels + 1]).isEqualTo(16);
        assertThat(scores[2 * channels]).isEqualTo(3);
    }
}
