package ai.sphinxv.runtime.graph;

import static java.util.Objects.requireNonNull;

import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.graph.Session.Input;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.prompt.ObjectScores;
import ai.sphinxv.runtime.prompt.PromptSlots;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** prompt_encoder.onnx: the slots for marks to their embeddings, a start and an end around them. Safe for many threads. */
public final class PromptEncoder implements AutoCloseable {
    private final Session session;
    private final ModelConfig config;

    private PromptEncoder(Session session, ModelConfig config) {
        this.session = session;
        this.config = config;
    }

    /** @throws GraphException if it starts on no provider */
    public static PromptEncoder open(Bundle bundle, Providers providers) {
        ModelConfig config = bundle.config();
        int slots = config.prompts().slots();
        var empty = new PromptSlots(new float[4 * slots], new float[slots], new float[slots]);
        var cuts = config.regions() == null ? null : RegionCuts.empty(1, config.regions());
        float[] objects = new float[config.objectChannels() * config.objectCells()];
        return new PromptEncoder(
                providers.start(
                        bundle,
                        Subgraph.PROMPT_ENCODER,
                        EnumSet.allOf(Provider.class),
                        session -> encode(session, config, empty, cuts, objects)),
                config);
    }

    /**
     * Encodes the marks of a picture. What the model does not look at is ignored.
     *
     * @param cuts what the region expert sees of them
     * @param objects {@link VisionEncoder.Seen#objects} of the picture
     * @return [(N+2) * H]
     * @throws NullPointerException if the model looks at something that is not there
     */
    public float[] encode(PromptSlots slots, @Nullable RegionCuts cuts, float @Nullable [] objects) {
        return encode(session, config, slots, cuts, objects);
    }

    /** Where it runs. */
    public Provider provider() {
        return session.provider();
    }

    @Override
    public void close() {
        session.close();
    }

    private static float[] encode(
            Session session,
            ModelConfig config,
            PromptSlots slots,
            @Nullable RegionCuts cuts,
            float @Nullable [] objects) {
        int n = slots.slots();
        List<Input> inputs = new ArrayList<>(List.of(
                new Input(Subgraph.CORNERS, slots.corners(), 1, n, 4),
                new Input(Subgraph.IS_BOX, slots.isBox(), 1, n, 1),
                new Input(Subgraph.IS_VALID, slots.isValid(), 1, n, 1)));
        Regions regions = config.regions();
        if (regions != null) {
            var seen = requireNonNull(cuts, "the model looks at regions: it needs their cuts");
            int marks = seen.marks(regions);
            int crop = regions.crop();
            inputs.add(new Input(Subgraph.REGION_CUTS, seen.pixels(), 1, marks, Regions.CUTS, 3, crop, crop));
            if (config.objectChannels() > 0) {
                float[] map = requireNonNull(objects, "the model looks at objects: it needs their map");
                float[] found = ObjectScores.largest(map, slots.corners(), marks, config);
                inputs.add(new Input(Subgraph.OBJECTS, found, 1, marks, config.objectChannels()));
            }
        }
        return session.encode(List.of(Subgraph.PROMPT_EMBEDS), inputs).getFirst();
    }
}
