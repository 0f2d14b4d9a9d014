package ai.sphinxv.training.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.onnx.checkpoint.Safetensors;
import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.training.data.Batches.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerTest {
    private static final Texts TEXTS = new Texts(
            2,
            4,
            new long[] {5, 6, 7, 8, 9, 5, 6, 7},
            new long[] {-100, 6, 7, 8, -100, -100, 6, 7},
            new int[8],
            new float[] {0, 1, 1, 1, 0, 1, 1, 1},
            1);

    @TempDir
    Path folder;

    @BeforeAll
    static void startLibTorch() {
        LibTorch.start(1, Processor.Wanted.CPU);
    }

    @Test
    void theLossFallsAndWhatIsFrozenStaysBitForBit() throws IOException {
        ModelConfig nano = ModelConfig.named("nano");
        try (var parameters = Parameters.initial(language(nano), 1, 3)) {
            parameters.write(folder.resolve("before"), name -> true);
            double first;
            double last = 0;
            try (var learner = new Learner(nano, parameters, name -> !name.startsWith("layers."), 0, 1, false)) {
                first = learner.learnText(TEXTS, 1e-2);
                for (int i = 0; i < 10; i++) {
                    last = learner.learnText(TEXTS, 1e-2);
                }
            }
            parameters.write(folder.resolve("after"), name -> true);

            assertThat(last).isLessThan(first / 2);
            try (var before = Safetensors.open(folder.resolve("before"));
                    var after = Safetensors.open(folder.resolve("after"))) {
                for (String name : before.names()) {
                    if (name.startsWith("layers.")) {
                        assertThat(after.read(name)).as(name).isEqualTo(before.read(name));
                    } else {
                        assertThat(after.read(name)).as(name).isNotEqualTo(before.read(name));
                    }
                }
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameLoss() {
        ModelConfig nano = ModelConfig.named("nano");

        assertThat(firstLoss(nano, 3)).isEqualTo(firstLoss(nano, 3)).isNotEqualTo(firstLoss(nano, 4));
    }

    private static double firstLoss(ModelConfig config, long seed) {
        try (var parameters = Parameters.initial(language(config), 1, seed);
                var learner = new Learner(config, parameters, name -> true, 0, 1, false)) {
            return learner.learnText(TEXTS, 1e-3);
        }
    }

    /** Of the decoder and its words alone. */
    static Map<String, Shape> language(ModelConfig config) {
        var shapes = new LinkedHashMap<>(NetworkShapes.of(config, 1).weights());
        shapes.keySet()
                .removeIf(name -> !name.startsWith("layers.")
                        && !name.startsWith("norm.")
                        && !name.startsWith("output.")
                        && !name.startsWith("tok_embeddings.")
                        && !name.equals("slot_vp"));
        return shapes;
    }
}
