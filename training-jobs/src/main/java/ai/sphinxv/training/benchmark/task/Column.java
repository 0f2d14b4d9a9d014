package ai.sphinxv.training.benchmark.task;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table in the paper's layout.
 *
 * @param figure its name in both modes' figures
 * @param scale by which the figure is multiplied to be in the paper's unit, most often 100
 * @param published the paper's figure of SPHINX-V; null where the paper has none
 */
public record Column(
        String name, String figure, double scale, @Nullable Double published) {
    static Column percent(String name, String figure, @Nullable Double published) {
        return new Column(name, figure, 100, published);
    }

    /** Of a figure that is in the paper's unit. */
    static Column as(String name, String figure, @Nullable Double published) {
        return new Column(name, figure, 1, published);
    }
}
