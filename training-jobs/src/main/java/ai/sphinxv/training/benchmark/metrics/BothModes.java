package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every metric reports: its figures as the published script has them, and with nothing dropped. */
final class BothModes {
    private final Map<String, Estimate> paper = new LinkedHashMap<>();
    private final Map<String, Estimate> strict = new LinkedHashMap<>();

    BothModes paper(String figure, Estimate estimate) {
        paper.put(figure, estimate);
        return this;
    }

    BothModes strict(String figure, Estimate estimate) {
        strict.put(figure, estimate);
        return this;
    }

    /** Of a figure that has nothing to drop. */
    BothModes both(String figure, Estimate estimate) {
        return paper(figure, estimate).strict(figure, estimate);
    }

    /** Adds them to a result, under "report". */
    ObjectNode into(ObjectNode result) {
        ObjectNode report = result.putObject("report");
        report.put(
                "interval",
                "percentile bootstrap, 95 %%, %d resamples of items, seed %d"
                        .formatted(Bootstrap.STANDARD.resamples(), Bootstrap.STANDARD.seed()));
        write(report.putObject("paper"), paper);
        write(report.putObject("strict"), strict);
        return result;
    }

    private static void write(ObjectNode mode, Map<String, Estimate> figures) {
        figures.forEach((name, estimate) -> mode.set(name, estimate.json()));
    }
}
