package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.network.VisualPromptEncoder.Marks;
import ai.sphinxv.onnx.ops.ShapeOps;
import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import java.util.Map;

/**
 * All networks of a model run on shapes: which weights it has, and what each subgraph gives for a batch of one.
 *
 * @param weights every learned tensor by name, in order of first use
 * @param image [1, imageTokens, H]
 * @param prompts [1, promptTokens, H]
 * @param logits [1, sequence, vocabulary]
 */
public record NetworkShapes(Map<String, Shape> weights, Shape image, Shape prompts, Shape logits) {

    /**
     * @param sequence tokens given to the language model
     * @throws IllegalArgumentException where two widths of the config do not fit, naming both shapes
     */
    public static NetworkShapes of(ModelConfig config, int sequence) {
        var ops = new ShapeOps();
        int size = config.image().size();
        int slots = config.prompts().slots();
        Shape image = VisionEncoder.forward(ops, config, Shape.of(1, 3, size, size), Shape.of(1, ModelConfig.VIEWS))
                .embeds();
        Shape prompts = VisualPromptEncoder.forward(ops, config, marks(config, slots));
        Shape embeds = LlamaDecoder.embed(ops, config.language(), Shape.of(1, sequence));
        Shape hidden = LlamaDecoder.forward(ops, config.language(), embeds);
        return new NetworkShapes(ops.weights(), image, prompts, LlamaDecoder.logits(ops, config.language(), hidden));
    }

    private static Marks<Shape> marks(ModelConfig config, int slots) {
        var regions = config.regions();
        return new Marks<>(
                Shape.of(1, slots, 4),
                Shape.of(1, slots, 1),
                Shape.of(1, slots, 1),
                regions == null ? null : Shape.of(1, slots, Regions.CUTS, 3, regions.crop(), regions.crop()),
                config.objectChannels() == 0 ? null : Shape.of(1, slots, config.objectChannels()));
    }
}
