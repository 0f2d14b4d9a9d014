package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.network.VisualPromptEncoder.Marks;
import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import java.util.List;
import java.util.Objects;

/** What a marked region looks like: the region expert on its cuts, and what the object expert sees in it. */
final class RegionEncoder {
    /** Class logits are mostly between -10 and 3: this brings them near the size of everything else. */
    private static final double LOGIT_SCALE = 0.2;

    private RegionEncoder() {}

    /** [B, N, D]. */
    static <V> V looks(Ops<V> ops, ModelConfig config, Regions net, Marks<V> marks) {
        int width = config.prompts().width();
        V looks = cuts(ops, config, net, Objects.requireNonNull(marks.cuts(), "this model looks at regions"));
        int scores = config.objectScores();
        if (scores > 0) {
            V objects = Objects.requireNonNull(marks.objects(), "this model has an object expert");
            V joined = ops.concat(-1, List.of(ops.sigmoid(objects), ops.affine(objects, LOGIT_SCALE, 0)));
            looks = ops.add(looks, Blocks.linear(ops, joined, "vp_encoder.objects", 2 * scores, width));
        }
        return looks;
    }

    private static <V> V cuts(Ops<V> ops, ModelConfig config, Regions net, V cuts) {
        int width = config.prompts().width();
        V pictures = ops.reshape(cuts, -1, 3, net.crop(), net.crop());
        V cells = ResidualConv.cells(ops, net.name(), net.widths(), net.depths(), pictures); // [B * N * CUTS, cells, W]
        V joined = ops.reshape(cells, -1, config.prompts().slots(), net.features());
        V hidden = ops.gelu(Blocks.linear(ops, joined, net.name() + ".mlp.0", net.features(), width));
        return Blocks.linear(ops, hidden, net.name() + ".mlp.2", width, width);
    }
}
