package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.Expert;
import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Mixed visual experts over five views of the padded square (paper 4, Vision Encoder; reference-model 1.1). Each view
 * becomes start token, Q-Former tokens where the model has them, the experts' rows, end token.
 */
public final class VisionEncoder {
    private VisionEncoder() {}

    /**
     * What the model sees of a picture.
     *
     * @param embeds [B, VIEWS * viewTokens, H]
     * @param objects what the object expert finds where [B, objectChannels, objectGrid * objectGrid], if there is one
     */
    public record Seen<V>(V embeds, @Nullable V objects) {}

    /**
     * What the experts give, of every view.
     *
     * @param rows [VIEWS * B, R, visualWidth]
     * @param objects as in {@link Seen}
     */
    public record Features<V>(V rows, @Nullable V objects) {}

    /**
     * @param image [B, 3, size, size], normalised
     * @param visible [B, VIEWS], 1 where a view shows some of the picture, 0 where it is padding only
     */
    public static <V> Seen<V> forward(Ops<V> ops, ModelConfig config, V image, V visible) {
        V views = views(ops, config, image);
        Features<V> features = experts(ops, config, image, views);
        return new Seen<>(tokens(ops, config, views, features.rows(), visible), features.objects());
    }

    /** The frozen part: every view [VIEWS * B, 3, v, v] through every expert. */
    public static <V> Features<V> experts(Ops<V> ops, ModelConfig config, V image, V views) {
        List<V> rows = new ArrayList<>();
        V objects = null;
        for (Expert expert : config.experts()) {
            if (expert instanceof Expert.NanoDet net) {
                var maps = NanoDet.forward(ops, net, config.image().viewSize(), views);
                rows.add(NanoDet.rows(ops, maps, config.image()));
                objects = ObjectMap.of(ops, config, maps);
            } else {
                rows.add(rows(ops, config, expert, image, views));
            }
        }
        return new Features<>(ops.concat(-1, rows), objects);
    }

    /** Whole square and its four quarters, view by view: [VIEWS * B, 3, v, v]. */
    public static <V> V views(Ops<V> ops, ModelConfig config, V image) {
        int half = config.image().viewSize();
        V top = ops.slice(image, 2, 0, half);
        V bottom = ops.slice(image, 2, half, 2 * half);
        return ops.concat(
                0,
                List.of(
                        ops.halve(image),
                        ops.slice(top, 3, 0, half),
                        ops.slice(top, 3, half, 2 * half),
                        ops.slice(bottom, 3, 0, half),
                        ops.slice(bottom, 3, half, 2 * half)));
    }

    /**
     * The trained part: connectors and learned tokens around the experts' rows.
     *
     * @param views for the Q-Former; nothing where the model has none
     */
    public static <V> V tokens(Ops<V> ops, ModelConfig config, @Nullable V views, V rows, V visible) {
        int width = config.language().width();
        int length = config.viewTokens();
        V x = Blocks.project(ops, rows, "visual_proj", config.visualWidth(), width);
        var net = config.queries();
        if (net != null) {
            V queries = QFormerTower.forward(
                    ops, net, config.image().rows(), Objects.requireNonNull(views, "the Q-Former reads views"));
            x = ops.concat(1, List.of(Blocks.project(ops, queries, "qformer_proj", net.width(), width), x));
        }
        V start = ops.repeat(ops.weight("start_img", 1, 1, width), 0, x, 0);
        V end = ops.repeat(ops.weight("end_img", 1, 1, width), 0, x, 0);
        x = ops.concat(1, List.of(start, x, end)); // [VIEWS * B, T, H]

        x = ops.transpose(ops.reshape(x, ModelConfig.VIEWS, -1, length, width), 1, 0, 2, 3); // [B, VIEWS, T, H]
        if (config.image().skipToken()) {
            V seen = ops.reshape(visible, 0, ModelConfig.VIEWS, 1, 1);
            x = ops.select(seen, x, ops.weight("skip_img", 1, 1, 1, width));
        }
        return ops.reshape(x, 0, ModelConfig.VIEWS * length, width);
    }

    private static <V> V rows(Ops<V> ops, ModelConfig config, Expert expert, V image, V views) {
        return switch (expert) {
            case Expert.ClipVit vit -> ClipVit.forward(ops, vit, config.image().rows(), views);
            case Expert.DinoVit vit -> DinoVit.forward(ops, vit, config.image(), views);
            case Expert.ConvNext net ->
                ConvNext.forward(
                        ops, net, config.image().viewSize(), config.image().grid(), views);
            case Expert.ResidualConv net -> ResidualConv.forward(ops, net, views);
            case Expert.GridCode grid -> gridCodes(ops, config, grid, image);
            case Expert.NanoDet net -> throw new IllegalStateException(net + " gives more than rows");
        };
    }

    private static <V> V gridCodes(Ops<V> ops, ModelConfig config, Expert.GridCode grid, V image) {
        int rows = config.image().rows();
        V codes = ops.reshape(PositionCode.ofViews(ops, config), ModelConfig.VIEWS, 1, rows, grid.width());
        return ops.reshape(ops.repeat(codes, 1, image, 0), -1, rows, grid.width());
    }
}
