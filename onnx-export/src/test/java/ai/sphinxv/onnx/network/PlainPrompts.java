package ai.sphinxv.onnx.network;

import java.util.function.DoubleUnaryOperator;

/**
 * The visual prompt encoders in plain loops: the released one with its quirks (reference-model 1.2), in exact numbers or
 * each step rounded to a brain float, and the paper's (appendix A).
 *
 * @param rounding what is done to every number that is computed
 */
record PlainPrompts(PlainMath math, DoubleUnaryOperator rounding) {

    static final DoubleUnaryOperator EXACT = x -> x;

    /** Nearest brain float, of two the even one, by hand: 8 significant bits. */
    static final DoubleUnaryOperator BFLOAT16 = x -> {
        if (x == 0) {
            return 0;
        }
        double unit = Math.scalb(1.0, Math.getExponent(x) - 7);
        return Math.rint(x / unit) * unit;
    };

    /** Rows as the released code gets them, all of ten: x, y, -1, -1 or x1, y1, x2, y2, and zeros where no mark is. */
    double[][] released(double[][] rows) {
        boolean points = true;
        for (double[] row : rows) {
            points &= row[2] == -1 && row[3] == -1;
        }
        double[][] encoded = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            encoded[i] = points ? point(rows[i]) : box(rows[i]);
        }
        return tokens(encoded);
    }

    private double[] point(double[] row) {
        boolean valid = row[0] != 0 || row[1] != 0;
        double[] code = code(row[0], row[1], false);
        double[] kind = math.weight("vp_encoder.point_embeddings.%d.weight".formatted(valid ? 1 : 0));
        return linear(sum(code, kind), "vp_encoder.up");
    }

    private double[] box(double[] row) {
        boolean valid = row[0] != 0 || row[1] != 0 || row[2] != 0 || row[3] != 0;
        double[] first = sum(code(row[0], row[1], false), math.weight("vp_encoder.box_embeddings.2.weight"));
        double[] second = sum(code(row[2], row[3], false), math.weight("vp_encoder.box_embeddings.3.weight"));
        double[] joined = new double[first.length + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return sum(joined, math.weight("vp_encoder.box_embeddings.%d.weight".formatted(valid ? 1 : 0)));
    }

    /** The paper's: codes of a box's corners and their learned embeddings are summed, a point has its centre's; then an MLP. */
    double[][] paper(double[][] rows, boolean[] boxes, boolean[] valid) {
        double[][] encoded = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            double[] mark = boxes[i]
                    ? sum(
                            sum(code(rows[i][0], rows[i][1], true), math.weight("vp_encoder.top_left.weight")),
                            sum(code(rows[i][2], rows[i][3], true), math.weight("vp_encoder.bottom_right.weight")))
                    : sum(code(rows[i][0], rows[i][1], true), math.weight("vp_encoder.center.weight"));
            mark = sum(mark, math.weight("vp_encoder.valid.%d.weight".formatted(valid[i] ? 1 : 0)));
            double[][] hidden = PlainMath.gelu(math.linear(new double[][] {mark}, "vp_encoder.mlp.0"));
            encoded[i] = math.linear(hidden, "vp_encoder.mlp.2")[0];
        }
        return tokens(encoded);
    }

    /** Through the connector, a start and an end around them. */
    private double[][] tokens(double[][] encoded) {
        double[][] projected = rounded(math.linear(encoded, "vp_proj.0"));
        projected = rounded(math.layerNorm(projected, "vp_proj.1", 1e-5));
        int width = projected[0].length;
        return PlainMath.stack(math.table("start_vp", width), projected, math.table("end_vp", width));
    }

    /** Sines of all frequencies, then cosines. The released code shifts places by half before it centres them, which is their double. */
    double[] code(double x, double y, boolean centred) {
        double[] gaussian = math.weight("vp_encoder.pe_layer.positional_encoding_gaussian_matrix");
        int frequencies = gaussian.length / 2;
        double[] place = {x, y};
        for (int i = 0; i < 2; i++) {
            double c = round(place[i]);
            place[i] = centred ? 2 * c - 1 : round(round(2 * round(c + 0.5)) - 1);
        }
        double[] code = new double[2 * frequencies];
        for (int f = 0; f < frequencies; f++) {
            double turns = round(place[0] * gaussian[f] + place[1] * gaussian[frequencies + f]);
            double phase = round(2 * Math.PI * turns);
            code[f] = round(Math.sin(phase));
            code[frequencies + f] = round(Math.cos(phase));
        }
        return code;
    }

    private double[] linear(double[] x, String name) {
        return rounded(math.linear(new double[][] {x}, name))[0];
    }

    private double[] sum(double[] a, double[] b) {
        return rounded(PlainMath.add(new double[][] {a}, new double[][] {b}))[0];
    }

    private double[][] rounded(double[][] x) {
        double[][] y = new double[x.length][x[0].length];
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < x[0].length; i++) {
                y[t][i] = round(x[t][i]);
            }
        }
        return y;
    }

    private double round(double x) {
        return rounding.applyAsDouble(x);
    }
}
