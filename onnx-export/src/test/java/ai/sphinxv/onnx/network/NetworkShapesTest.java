package ai.sphinxv.onnx.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.onnx.ops.ShapeOps;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NetworkShapesTest {
    private static final Path PUBLISHED = Path.of("../../shared/design/published-tensors.tsv");

    @Test
    void thePublishedModelGivesItsPrefixAtFullSize() {
        var shapes = NetworkShapes.of(ModelConfig.named("published"), 40);

        assertThat(shapes.image()).isEqualTo(Shape.of(1, 1455, 5120));
        assertThat(shapes.prompts()).isEqualTo(Shape.of(1, 12, 5120));
        assertThat(shapes.logits()).isEqualTo(Shape.of(1, 40, 32000));
    }

    @Test
    void thePaperModelGivesItsPrefixAtFullSize() {
        var shapes = NetworkShapes.of(ModelConfig.named("paper"), 40);

        assertThat(shapes.image()).isEqualTo(Shape.of(1, 5 * 259, 5120));
        assertThat(shapes.prompts()).isEqualTo(Shape.of(1, 12, 5120));
        assertThat(shapes.weights()).containsKeys("skip_img", "vp_encoder.center.weight");
    }

    @Test
    void nanoHasTheSameTopologyAtItsOwnWidths() {
        ModelConfig nano = ModelConfig.named("nano");
        var shapes = NetworkShapes.of(nano, 40);

        assertThat(shapes.image())
                .isEqualTo(Shape.of(1, nano.imageTokens(), nano.language().width()));
        assertThat(shapes.prompts()).isEqualTo(Shape.of(1, 12, nano.language().width()));
    }

    @Test
    void thePublishedModelAsksForTheReleasedCheckpointsTensors() throws IOException {
        assumeTrue(Files.exists(PUBLISHED), "the released checkpoint's list lies in ../shared, which is not here");
        Map<String, String> released = readReleased();

        Map<String, String> asked = new TreeMap<>();
        NetworkShapes.of(ModelConfig.named("published"), 1)
                .weights()
                .forEach((name, shape) -> asked.put("llma." + name, shape.toString()));

        var unused = new TreeSet<>(released.keySet());
        unused.removeAll(asked.keySet());
        // Text half of CLIP, its unused projection, DINO's mask token (reference-model 2.3)
        assertThat(unused)
                .allMatch(name -> name.startsWith("llma.clip.") && !name.startsWith("llma.clip.visual.t")
                        || name.equals("llma.dinov2_vitg14.mask_token"));
        released.keySet().removeAll(unused);
        // Its position table is interpolated from 37x37 to the views' 16x16 at conversion.
        assertThat(released.replace("llma.dinov2_vitg14.pos_embed", "[1, 257, 1536]"))
                .isEqualTo("[1, 1370, 1536]");
        assertThat(asked).isEqualTo(released);
    }

    @Test
    void aConnectorOfTheWrongWidthIsFoundFromShapesAlone() {
        ModelConfig nano = ModelConfig.named("nano");
        var language = nano.language();
        var odd = new ModelConfig.Language(language.width(), 1, 5, 5, 64, 10, 512, 1e-5, 1e4, false);
        var config = new ModelConfig(
                "odd", nano.image(), nano.experts(), null, nano.prompts(), null, null, null, odd, nano.template());

        assertThatThrownBy(() -> NetworkShapes.of(config, 4))
                .hasMessage("causal attention of 5 and 5 heads cannot combine [1, 4, 256] with [1, 4, 255]"
                        + " and [1, 4, 255]");
    }

    @Test
    void theLastPositionAloneTakesTheSameWeightsInTheSameOrder() {
        var language = ModelConfig.named("nano").language();
        Shape embeds = Shape.of(2, 40, language.width());
        var all = new ShapeOps();
        LlamaDecoder.forward(all, language, embeds);
        var one = new ShapeOps();

        assertThat(LlamaDecoder.last(one, language, embeds)).isEqualTo(Shape.of(2, 1, language.width()));
        assertThat(one.weights()).containsExactlyEntriesOf(all.weights());
    }

    private static Map<String, String> readReleased() throws IOException {
        try (var lines = Files.lines(PUBLISHED)) {
            return lines.filter(line -> line.startsWith("llma."))
                    .map(line -> line.split("\t"))
                    .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1], (a, b) -> a, TreeMap::new));
        }
    }
}
