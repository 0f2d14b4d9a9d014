package ai.sphinxv.onnx.network;

import static ai.sphinxv.onnx.network.PlainMath.add;
import static ai.sphinxv.onnx.network.PlainMath.attention;
import static ai.sphinxv.onnx.network.PlainMath.silu;

/** LLaMA with Meta's rotary code, which turns neighbouring pairs, in plain loops (reference-model 1.4). */
record PlainLlama(PlainMath math, int layers, int heads) {

    /** Embeddings [T][H] -> logits [T][V] after each of them. */
    double[][] logits(double[][] x) {
        for (int i = 0; i < layers; i++) {
            String layer = "layers." + i;
            double[][] normed = math.rmsNorm(x, layer + ".attention_norm", 1e-5);
            double[][] attended = attention(
                    turned(math.linear(normed, layer + ".attention.wq")),
                    turned(math.linear(normed, layer + ".attention.wk")),
                    math.linear(normed, layer + ".attention.wv"),
                    heads,
                    true);
            x = add(x, math.linear(attended, layer + ".attention.wo"));

            normed = math.rmsNorm(x, layer + ".ffn_norm", 1e-5);
            double[][] gate = math.linear(normed, layer + ".feed_forward.w1");
            double[][] up = math.linear(normed, layer + ".feed_forward.w3");
            for (int t = 0; t < gate.length; t++) {
                for (int j = 0; j < gate[t].length; j++) {
                    gate[t][j] = silu(gate[t][j]) * up[t][j];
                }
            }
            x = add(x, math.linear(gate, layer + ".feed_forward.w2"));
        }
        return math.linear(math.rmsNorm(x, "norm", 1e-5), "output");
    }

    /** Numbers 2i and 2i + 1 of each head at place t are turned by t * 10000^(-2i / head width). */
    private double[][] turned(double[][] x) {
        int size = x[0].length / heads;
        double[][] y = new double[x.length][x[0].length];
        for (int t = 0; t < x.length; t++) {
            for (int at = 0; at < x[0].length; at += 2) {
                double angle = t * Math.pow(10_000, -(double) (at % size) / size);
                y[t][at] = x[t][at] * Math.cos(angle) - x[t][at + 1] * Math.sin(angle);
                y[t][at + 1] = x[t][at] * Math.sin(angle) + x[t][at + 1] * Math.cos(angle);
            }
        }
        return y;
    }
}
