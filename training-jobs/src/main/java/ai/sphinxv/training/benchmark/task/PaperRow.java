package ai.sphinxv.training.benchmark.task;

import java.util.List;

/**
 * A further row of the paper, to be read beside ours.
 *
 * @param values one for each of the table's first columns, in the paper's unit
 */
public record PaperRow(String name, List<Double> values) {
    public PaperRow {
        values = List.copyOf(values);
    }
}
