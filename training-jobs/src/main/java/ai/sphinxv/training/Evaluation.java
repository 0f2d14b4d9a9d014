package ai.sphinxv.training;

import ai.sphinxv.runtime.RuntimeOptions;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.training.benchmark.HeldOutScenes;
import ai.sphinxv.training.scenes.Catalog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures a bundle on held-out scenes and prints what came out.
 *
 * <p>{@code Evaluation bundle-folder scenes}
 */
public final class Evaluation {
    private Evaluation() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: Evaluation bundle-folder scenes");
            System.exit(2);
        }
        var result =
                measure(Path.of(arguments[0]), Catalog.open(), Integer.parseInt(arguments[1]), new LinkedHashMap<>());
        print(result, System.out);
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
