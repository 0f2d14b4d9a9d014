package ai.sphinxv.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.sphinxv.onnx.network.NetworkShapes;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageTest {
    private static final ModelConfig NANO = ModelConfig.named("nano");

    @Test
    void aligningLeavesExpertsAlone() {
        assertThat(trained(Stage.ALIGN))
                .contains("vp_proj.0.weight", "visual_proj.0.weight", "tok_embeddings.weight", "output.weight")
                .contains("vp_encoder.mlp.0.weight", "start_img", "end_vp", "slot_vp", "layers.0.attention.wq.weight")
                .noneMatch(name -> name.startsWith("region.") || name.startsWith("nanodet."));
    }

    @Test
    void finetuningLeavesExpertsAndThePromptEncoderAlone() {
        assertThat(trained(Stage.FINETUNE))
                .contains("layers.0.attention.wq.weight", "vp_proj.0.weight", "visual_proj.0.weight", "norm.weight")
                .noneMatch(name ->
                        name.startsWith("vp_encoder.") || name.startsWith("region.") || name.startsWith("nanodet."));
    }

    @Test
    void everyParameterButThoseOfTheObjectExpertIsTrainedInSomeStage() {
        var trained = List.of(Stage.values()).stream()
                .flatMap(stage -> trained(stage).stream())
                .toList();

        assertThat(NetworkShapes.of(NANO, 1).weights().keySet())
                .allMatch(name -> trained.contains(name) != name.startsWith("nanodet."));
    }

    private static List<String> trained(Stage stage) {
        return NetworkShapes.of(NANO, 1).weights().keySet().stream()
                .filter(name -> stage.trains(NANO, name))
                .toList();
    }
}
