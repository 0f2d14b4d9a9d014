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
        // The released code adds Segment Anything's half pixel to places that are fractions already: 2 (c + 0.5) - 1.
        double shift = config.prompts().encoding() == Encoding.RELEASED ? 0 : -1;
        V phase = ops.affine(ops.matmul(ops.affine(places, 2, shift), gaussian), 2 * Math.PI, 0);
        return ops.concat(-1, List.of(ops.sin(phase), ops.cos(phase)));
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
