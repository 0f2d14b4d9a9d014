package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.network.VisualPromptEncoder.Marks;
import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import java.util.List;
import java.util.Objects;

/** What a marked region looks like: the region expert on its cuts, and what the object expert sees in it. */
final class RegionEncoder {
    /** Of the likelihoods of all classes where nothing is found. */
    private static final double LEAST_VARIANCE = 1e-6;

    private RegionEncoder() {}

    /** [B, N, D], 0 for the slots after the last that has cuts. */
    static <V> V looks(Ops<V> ops, ModelConfig config, Regions net, Marks<V> marks) {
        int slots = config.prompts().slots();
        int width = config.prompts().width();
        V looks = ofCuts(ops, config, net, marks); // [B, K, D]
        V none = ops.repeat(ops.constant(new float[slots * width], 1, slots, width), 0, looks, 0);
        return ops.slice(ops.concat(1, List.of(looks, none)), 1, 0, slots);
    }

    private static <V> V ofCuts(Ops<V> ops, ModelConfig config, Regions net, Marks<V> marks) {
        V cuts = features(ops, net, Objects.requireNonNull(marks.cuts(), "this model looks at regions"));
        if (config.objectChannels() == 0) {
            return mlp(ops, config, net.name() + ".mlp", net.features(), cuts);
        }
        V objects = Objects.requireNonNull(marks.objects(), "this model has an object expert");
        int scores = 2 * config.objectClasses();
        int features = 2 * config.objectFeatures();
        V seen = Blocks.layerNorm(
                ops, ops.slice(objects, -1, scores, Ops.END), "vp_encoder.features", features, Blocks.EPS);
        V joined = ops.concat(-1, List.of(cuts, seen));
        return ops.add(
                mlp(ops, config, net.name() + ".mlp", net.features() + features, joined),
                classes(ops, config, ops.sigmoid(ops.slice(objects, -1, 0, scores))));
    }

    /** [B, K, features] */
    private static <V> V features(Ops<V> ops, Regions net, V cuts) {
        V pictures = ops.reshape(cuts, -1, 3, net.crop(), net.crop());
        V cells = ResidualConv.cells(ops, net.name(), net.widths(), net.depths(), pictures); // [B * K * CUTS, cells, W]
        return ops.part(ops.reshape(cells, -1, net.features()), cuts);
    }

    /**
     * How likely each class is, and which is likelier than the others: the smaller an object, the less likely the
     * expert finds any class, but the order of them stays good.
     */
    private static <V> V classes(Ops<V> ops, ModelConfig config, V likely) {
        int classes = config.objectClasses();
        V sum = ops.add(ops.slice(likely, -1, 0, classes), ops.slice(likely, -1, classes, Ops.END));
        V likelier = Blocks.layerNorm(ops, sum, "vp_encoder.classes", classes, LEAST_VARIANCE);
        V joined = ops.concat(-1, List.of(likely, likelier));
        return Blocks.linear(
                ops, joined, "vp_encoder.objects", 3 * classes, config.prompts().width());
    }

    private static <V> V mlp(Ops<V> ops, ModelConfig config, String name, int in, V x) {
        int width = config.prompts().width();
        V hidden = ops.gelu(Blocks.linear(ops, x, name + ".0", in, width));
        return Blocks.linear(ops, hidden, name + ".2", width, width);
    }
}
