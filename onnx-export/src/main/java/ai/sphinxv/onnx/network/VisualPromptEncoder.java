package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From marks to tokens of the language model (paper 4, Visual Prompt Encoder, and appendix A; reference-model 1.2). Every
 * slot is encoded by itself. Points and boxes may stand side by side, which the released code could not do.
 */
public final class VisualPromptEncoder {
    private VisualPromptEncoder() {}

    /**
     * What is known of each slot's mark.
     *
     * @param corners [B, N, 4] x1, y1, x2, y2 as fractions of the padded square; a point repeats its x and y
     * @param isBox [B, N, 1]
     * @param isValid [B, N, 1], 0 for an empty slot
     * @param cuts [B, K, CUTS, 3, crop, crop], normalised pixels of the first K slots' marks and of them with their
     *     surroundings, where the model looks at regions; no slot after them has a mark
     * @param objects [B, K, objectChannels] what the object expert finds under them, where the model has an object expert
     */
    public record Marks<V>(
            V corners,
            V isBox,
            V isValid,
            @Nullable V cuts,
            @Nullable V objects) {}

    /** @return [B, N + 2, H] with the learned start and end tokens */
    public static <V> V forward(Ops<V> ops, ModelConfig config, Marks<V> marks) {
        int language = config.language().width();
        V x = projected(ops, config, encode(ops, config, marks)); // [B, N, H]
        if (config.prompts().slotEmbedding()) {
            x = ops.add(x, ops.weight("slot_vp", 1, config.prompts().slots(), language));
        }
        V start = ops.repeat(ops.weight("start_vp", 1, 1, language), 0, x, 0);
        V end = ops.repeat(ops.weight("end_vp", 1, 1, language), 0, x, 0);
        return ops.concat(1, List.of(start, x, end));
    }

    private static <V> V projected(Ops<V> ops, ModelConfig config, V x) {
        int width = config.language().width();
        V linear = Blocks.linear(ops, x, "vp_proj.0", config.prompts().width(), width);
        V normed = Blocks.layerNorm(ops, PositionCode.rounded(ops, config, linear), "vp_proj.1", width, Blocks.EPS);
        return PositionCode.rounded(ops, config, normed);
    }

    /** Place, kind and, where the model looks at regions, looks of each mark before the projection: [B, N, D]. */
    public static <V> V encode(Ops<V> ops, ModelConfig config, Marks<V> marks) {
        int width = config.prompts().width();
        V x = switch (config.prompts().encoding()) {
            case RELEASED -> released(ops, config, marks.corners(), marks.isBox(), marks.isValid());
            case PAPER -> paper(ops, config, marks.corners(), marks.isBox(), marks.isValid());
            case CENTRED -> centred(ops, config, marks.corners(), marks.isBox(), marks.isValid());
        };
        var regions = config.regions();
        if (regions != null) {
            x = ops.add(x, ops.multiply(RegionEncoder.looks(ops, config, regions, marks), marks.isValid()));
            x = ops.add(x, joined(ops, x, width));
        }
        return x;
    }

    /** What place and looks mean together: large letters are a title at the top of a page and a sign elsewhere. */
    private static <V> V joined(Ops<V> ops, V x, int width) {
        V hidden = Blocks.layerNorm(ops, x, "vp_encoder.joined.norm", width, Blocks.EPS);
        hidden = ops.gelu(Blocks.linear(ops, hidden, "vp_encoder.joined.0", width, 2 * width));
        return Blocks.linear(ops, hidden, "vp_encoder.joined.2", 2 * width, width);
    }

    private static <V> V released(Ops<V> ops, ModelConfig config, V corners, V isBox, V isValid) {
        int code = 2 * config.prompts().frequencies();
        int width = config.prompts().width();
        V first = PositionCode.of(ops, config, ops.slice(corners, -1, 0, 2));
        V second = PositionCode.of(ops, config, ops.slice(corners, -1, 2, 4));

        V point = sum(ops, config, first, either(ops, isValid, "vp_encoder.point_embeddings", code));
        point = PositionCode.rounded(ops, config, Blocks.linear(ops, point, "vp_encoder.up", code, width));

        V topLeft = sum(ops, config, first, ops.weight("vp_encoder.box_embeddings.2.weight", 1, code));
        V bottomRight = sum(ops, config, second, ops.weight("vp_encoder.box_embeddings.3.weight", 1, code));
        V box = ops.concat(-1, List.of(topLeft, bottomRight));
        box = sum(ops, config, box, either(ops, isValid, "vp_encoder.box_embeddings", width));
        // A question is about points or about boxes there, and its empty slots are of the same kind.
        return ops.select(ops.select(isValid, isBox, ops.largest(isBox, 1)), box, point);
    }

    private static <V> V sum(Ops<V> ops, ModelConfig config, V a, V b) {
        return PositionCode.rounded(ops, config, ops.add(a, b));
    }

    private static <V> V paper(Ops<V> ops, ModelConfig config, V corners, V isBox, V isValid) {
        int code = 2 * config.prompts().frequencies();
        int width = config.prompts().width();
        V first = PositionCode.of(ops, config, ops.slice(corners, -1, 0, 2));
        V second = PositionCode.of(ops, config, ops.slice(corners, -1, 2, 4));

        V point = ops.add(first, ops.weight("vp_encoder.center.weight", 1, code));
        V box = ops.add(
                ops.add(first, ops.weight("vp_encoder.top_left.weight", 1, code)),
                ops.add(second, ops.weight("vp_encoder.bottom_right.weight", 1, code)));
        V mark = ops.add(ops.select(isBox, box, point), either(ops, isValid, "vp_encoder.valid", code));
        return mlp(ops, mark, code, width);
    }

    /** A point is a box without extent: the same three codes for both, and a learned embedding that tells them apart. */
    private static <V> V centred(Ops<V> ops, ModelConfig config, V corners, V isBox, V isValid) {
        int code = 2 * config.prompts().frequencies();
        int width = config.prompts().width();
        V topLeft = ops.slice(corners, -1, 0, 2);
        V bottomRight = ops.slice(corners, -1, 2, 4);
        V center = ops.affine(ops.add(topLeft, bottomRight), 0.5, 0);
        V joined = ops.concat(
                -1,
                List.of(
                        placed(ops, config, center, "center", code),
                        placed(ops, config, topLeft, "top_left", code),
                        placed(ops, config, bottomRight, "bottom_right", code)));
        V mark = ops.add(joined, either(ops, isBox, "vp_encoder.type", 3 * code));
        mark = ops.add(mark, either(ops, isValid, "vp_encoder.valid", 3 * code));
        return mlp(ops, mark, 3 * code, width);
    }

    private static <V> V placed(Ops<V> ops, ModelConfig config, V place, String name, int code) {
        return ops.add(PositionCode.of(ops, config, place), ops.weight("vp_encoder." + name + ".weight", 1, code));
    }

    private static <V> V mlp(Ops<V> ops, V mark, int code, int width) {
        V hidden = ops.gelu(Blocks.linear(ops, mark, "vp_encoder.mlp.0", code, width));
        return Blocks.linear(ops, hidden, "vp_encoder.mlp.2", width, width);
    }

    /** Learned row 1 where the flag is 1, row 0 where it is 0. */
    private static <V> V either(Ops<V> ops, V flag, String name, int width) {
        return ops.select(flag, ops.weight(name + ".1.weight", 1, width), ops.weight(name + ".0.weight", 1, width));
    }
}
