package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.graph.Session.Input;
import ai.sphinxv.runtime.image.SquareImage;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** vision_encoder.onnx: a picture to the embeddings of its five views and, with an object expert, what lies where. Safe for many threads. */
public final class VisionEncoder implements AutoCloseable {
    private final Session session;
    private final ModelConfig config;

    private VisionEncoder(Session session, ModelConfig config) {
        this.session = session;
        this.config = config;
    }

    /**
     * What is seen of a picture.
     *
     * @param embeds [5 * view tokens * H]
     * @param objects [objectChannels * cells], null where the model has no object expert
     */
    public record Seen(float[] embeds, float @Nullable [] objects) {}

    /** @throws GraphException if it starts on no provider */
    public static VisionEncoder open(Bundle bundle, Providers providers) {
        ModelConfig config = bundle.config();
        int size = config.image().size();
        var blank = new SquareImage(new float[3 * size * size], new float[] {1, 1, 1, 1, 1});
        return new VisionEncoder(
                providers.start(
                        bundle,
                        Subgraph.VISION_ENCODER,
                        EnumSet.allOf(Provider.class),
                        session -> encode(session, config, blank)),
                config);
    }

    public Seen encode(SquareImage image) {
        return encode(session, config, image);
    }

    /** Where it runs. */
    public Provider provider() {
        return session.provider();
    }

    @Override
    public void close() {
        session.close();
    }

    private static Seen encode(Session session, ModelConfig config, SquareImage image) {
        int size = config.image().size();
        boolean objects = config.objectChannels() > 0;
        List<float[]> seen = session.encode(
                objects ? List.of(Subgraph.IMAGE_EMBEDS, Subgraph.OBJECT_MAP) : List.of(Subgraph.IMAGE_EMBEDS),
                List.of(
                        new Input(Subgraph.IMAGE, image.pixels(), 1, 3, size, size),
                        new Input(Subgraph.VISIBLE, image.visible(), 1, ModelConfig.VIEWS)));
        return new Seen(seen.getFirst(), objects ? seen.getLast() : null);
    }
}
