package ai.sphinxv.training.torch;

import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import java.util.Map;

/** A layer's attention, whose rows are set one by one. */
final class AttentionRows {
    private final Parameters parameters;
    private final String name;
    private final int width;
    private final float[] queries;
    private final float[] keys;
    private final float[] values;
    private final float[] outs;

    AttentionRows(Parameters parameters, Language net, int layer) {
        this.parameters = parameters;
        this.name = "layers.%d.attention.".formatted(layer);
        this.width = net.width();
        this.queries = Parameters.values(parameters.get(name + "wq.weight"));
        this.keys = Parameters.values(parameters.get(name + "wk.weight"));
        this.values = Parameters.values(parameters.get(name + "wv.weight"));
        this.outs = Parameters.values(parameters.get(name + "wo.weight"));
    }

    void query(int row, double[] direction, double scale) {
        row(queries, row, direction, scale);
    }

    void key(int row, double[] direction, double scale) {
        row(keys, row, direction, scale);
    }

    void value(int row, double[] direction, double scale) {
        row(values, row, direction, scale);
    }

    private void row(float[] weights, int row, double[] direction, double scale) {
        for (int i = 0; i < width; i++) {
            weights[row * width + i] = (float) (scale * direction[i]);
        }
    }

    /** What the head's row adds to the stream. */
    void out(int row, double[] direction, double scale) {
        for (int i = 0; i < width; i++) {
            outs[i * width + row] = (float) (scale * direction[i]);
        }
    }

    void write() {
        parameters.set(Map.of(
                name + "wq.weight", queries,
                name + "wk.weight", keys,
                name + "wv.weight", values,
                name + "wo.weight", outs));
    }
}
