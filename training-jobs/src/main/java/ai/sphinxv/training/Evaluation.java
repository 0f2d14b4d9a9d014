package ai.sphinxv.training;

import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.Bundle;
import ai.sphinxv.runtime.graph.Providers;
import ai.sphinxv.training.benchmark.Benchmarks;
import ai.sphinxv.training.benchmark.ExpertsAlone;
import ai.sphinxv.training.benchmark.HeldOutScenes;
import ai.sphinxv.training.benchmark.Report;
import ai.sphinxv.training.scenes.Catalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measures a bundle on pictures that no training run can see, prints a table and writes it to a file.
 *
 * <p>{@code Evaluation bundle-folder scenes regions-folder pages-folder report.md most-regions}
 */
public final class Evaluation {
    private Evaluation() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 6) {
            System.err.println(
                    "usage: Evaluation bundle-folder scenes regions-folder pages-folder report.md most-regions");
            System.exit(2);
        }
        var benchmarks = new Benchmarks(
                Path.of(arguments[2]),
                Path.of(arguments[3]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[5]));
        Path bundle = Path.of(arguments[0]);
        Report experts = experts(Bundle.open(bundle), benchmarks);
        try (var model = SphinxV.open(bundle, RuntimeOptions.defaults())) {
            var report = new Report(model.model(), System.out::println, experts);
            benchmarks.run(model::answer, Catalog.open(), report);
            report.write(Path.of(arguments[4]));
        }
    }

    /** What the model's frozen experts know without the rest of it; nothing where it has none. */
    private static Report experts(Bundle bundle, Benchmarks benchmarks) {
        var report = new Report("experts", line -> {});
        if (ExpertsAlone.areIn(bundle.config())) {
            try (var experts = ExpertsAlone.open(bundle, new Providers(List.of(), 0))) {
                benchmarks.experts(experts::answer, report);
            }
        }
        return report;
    }

    /** Asks through the runtime, with its default options, and adds the figures to {@code measured}. */
    static HeldOutScenes.Result measure(Path bundle, Catalog catalog, int scenes, Map<String, String> measured) {
        try (var model = SphinxV.open(bundle, RuntimeOptions.defaults())) {
            var result = HeldOutScenes.measure(model, catalog, scenes);
            result.shares().forEach((name, share) -> measured.put(name, share.toString()));
            return result;
        }
    }

    static void print(HeldOutScenes.Result result, PrintStream out) {
        result.shares().forEach((name, share) -> out.printf("%-42s %s%n", name, share));
        out.printf("%-42s %.0f ms%n", "first token, median", result.firstToken());
        out.printf("%-42s %.0f%n", "tokens/s after it, median", result.tokensPerSecond());
    }
}
