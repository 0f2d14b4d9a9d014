package ai.sphinxv.onnx.network;

import ai.sphinxv.onnx.ops.Ops;
import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Encoding;
import java.util.List;

/** Random Fourier features of a place in the padded square, as in Segment Anything (reference-model 1.2). */
final class PositionCode {
    private PositionCode() {}

    /** Places [..., 2] as fractions of the square -> [..., 2F], sines first. The frequencies never train. */
    static <V> V of(Ops<V> ops, ModelConfig config, V places) {
        int frequencies = config.prompts().frequencies();
        V gaussian = ops.weight("vp_encoder.pe_layer.positional_encoding_gaussian_matrix", 2, frequencies);
        V phase = rounded(ops, config, ops.matmul(centred(ops, config, places), gaussian));
        phase = rounded(ops, config, ops.affine(phase, 2 * Math.PI, 0));
        return ops.concat(-1, List.of(rounded(ops, config, ops.sin(phase)), rounded(ops, config, ops.cos(phase))));
    }

    /** The released code adds Segment Anything's half pixel to places that are fractions already: 2 (c + 0.5) - 1. */
    private static <V> V centred(Ops<V> ops, ModelConfig config, V places) {
        if (config.prompts().bfloat16()) {
            V shifted = ops.bfloat16(ops.affine(ops.bfloat16(places), 1, 0.5)); // here a thousand places become 193
            return ops.bfloat16(ops.affine(shifted, 2, -1));
        }
        return ops.affine(places, 2, config.prompts().encoding() == Encoding.RELEASED ? 0 : -1);
    }

    /** As the released code keeps what it has computed: in 16 bits, where that is asked for. */
    static <V> V rounded(Ops<V> ops, ModelConfig config, V x) {
        return config.prompts().bfloat16() ? ops.bfloat16(x) : x;
    }

    /**
     * Codes of every row of every view: the view's centre, then the centre of each cell. The same for every picture.
     *
     * @return [VIEWS, R, 2F]
     */
    static <V> V ofViews(Ops<V> ops, ModelConfig config) {
        int grid = config.image().grid();
        int rows = config.image().rows();
        float[] places = new float[ModelConfig.VIEWS * rows * 2];
        int at = 0;
        for (int view = 0; view < ModelConfig.VIEWS; view++) {
            float side = view == 0 ? 1f : 0.5f;
            float left = view == 2 || view == 4 ? 0.5f : 0f;
            float top = view >= 3 ? 0.5f : 0f;
            places[at++] = left + side / 2;
            places[at++] = top + side / 2;
            for (int cell = 0; cell < grid * grid; cell++) {
                places[at++] = left + side * (cell % grid + 0.5f) / grid;
                places[at++] = top + side * (cell / grid + 0.5f) / grid;
            }
        }
        return of(ops, config, ops.constant(places, ModelConfig.VIEWS, rows, 2));
    }
}
