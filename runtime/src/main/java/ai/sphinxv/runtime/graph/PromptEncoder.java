package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.graph.Session.Input;
import ai.sphinxv.runtime.prompt.PromptSlots;
import java.util.EnumSet;

/** prompt_encoder.onnx: the slots for marks to their embeddings, a start and an end around them. Safe for many threads. */
public final class PromptEncoder implements AutoCloseable {
    private final Session session;

    private PromptEncoder(Session session) {
        this.session = session;
    }

    /** @throws GraphException if it starts on no provider */
    public static PromptEncoder open(Bundle bundle, Providers providers) {
        int slots = bundle.config().prompts().slots();
        var empty = new PromptSlots(new float[4 * slots], new float[slots], new float[slots]);
        return new PromptEncoder(providers.start(
                bundle, Subgraph.PROMPT_ENCODER, EnumSet.allOf(Provider.class), session -> encode(session, empty)));
    }

    /** @return [(N+2) * H] */
    public float[] encode(PromptSlots slots) {
        return encode(session, slots);
    }

    @Override
    public void close() {
        session.close();
    }

    private static float[] encode(Session session, PromptSlots slots) {
        int n = slots.slots();
        return session.encode(
                Subgraph.PROMPT_EMBEDS,
                new Input(Subgraph.CORNERS, slots.corners(), 1, n, 4),
                new Input(Subgraph.IS_BOX, slots.isBox(), 1, n, 1),
                new Input(Subgraph.IS_VALID, slots.isValid(), 1, n, 1));
    }
}
