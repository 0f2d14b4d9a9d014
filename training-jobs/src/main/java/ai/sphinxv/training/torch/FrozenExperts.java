package ai.sphinxv.training.torch;

import ai.sphinxv.onnx.network.VisionEncoder;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.image.SquareImage;
import ai.sphinxv.runtime.prompt.ObjectScores;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The visual experts, which no stage trains: what they give for a picture and for marks on it. */
public final class FrozenExperts {
    private final ModelConfig config;
    private final TorchOps ops;

    public FrozenExperts(ModelConfig config, Parameters parameters) {
        this.config = config;
        this.ops = new TorchOps(parameters);
    }

    /**
     * What they see.
     *
     * @param rows [VIEWS * R * visualWidth]
     * @param objects [marks * objectChannels], empty where the model has no object expert
     */
    public record Seen(float[] rows, float[] objects) {}

    /** @param corners [marks * 4] as fractions of the padded square */
    public Seen see(SquareImage square, float[] corners) {
        int size = config.image().size();
        try (var scope = new PointerScope();
                var frozen = new NoGradGuard()) {
            Tensor image = ops.constant(square.pixels(), 1, 3, size, size);
            var features = VisionEncoder.experts(ops, config, image, VisionEncoder.views(ops, config, image));
            Tensor map = features.objects();
            return new Seen(
                    Parameters.values(features.rows()),
                    map == null
                            ? new float[0]
                            : ObjectScores.largest(Parameters.values(map), corners, corners.length / 4, config));
        }
    }
}
