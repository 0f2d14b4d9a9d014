package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.graph.Session.Input;
import ai.sphinxv.runtime.image.SquareImage;
import java.util.EnumSet;

/** vision_encoder.onnx: a picture to the embeddings of its five views. Safe for many threads. */
public final class VisionEncoder implements AutoCloseable {
    private final Session session;
    private final int size;

    private VisionEncoder(Session session, int size) {
        this.session = session;
        this.size = size;
    }

    /** @throws GraphException if it starts on no provider */
    public static VisionEncoder open(Bundle bundle, Providers providers) {
        int size = bundle.config().image().size();
        var blank = new SquareImage(new float[3 * size * size], new float[] {1, 1, 1, 1, 1});
        return new VisionEncoder(
                providers.start(
                        bundle,
                        Subgraph.VISION_ENCODER,
                        EnumSet.allOf(Provider.class),
                        session -> encode(session, size, blank)),
                size);
    }

    /** @return [5 * view tokens * H] */
    public float[] encode(SquareImage image) {
        return encode(session, size, image);
    }

    @Override
    public void close() {
        session.close();
    }

    private static float[] encode(Session session, int size, SquareImage image) {
        return session.encode(
                Subgraph.IMAGE_EMBEDS,
                new Input(Subgraph.IMAGE, image.pixels(), 1, 3, size, size),
                new Input(Subgraph.VISIBLE, image.visible(), 1, ModelConfig.VIEWS));
    }
}
