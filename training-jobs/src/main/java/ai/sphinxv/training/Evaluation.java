package ai.sphinxv.training;

import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.training.benchmark.Benchmarks;
import ai.sphinxv.training.benchmark.HeldOutScenes;
import ai.sphinxv.training.benchmark.Report;
import ai.sphinxv.training.scenes.Catalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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
        try (var model = SphinxV.open(Path.of(arguments[0]), RuntimeOptions.defaults())) {
            var report = new Report(model.model(), System.out::println);
            benchmarks.run(model::answer, Catalog.open(), report);
            report.write(Path.of(arguments[4]));
        }
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
