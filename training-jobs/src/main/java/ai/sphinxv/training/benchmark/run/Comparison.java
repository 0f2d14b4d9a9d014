package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.benchmark.metrics.PairedTest;
import ai.sphinxv.training.benchmark.metrics.PairedTest.Pair;
import ai.sphinxv.training.benchmark.metrics.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two runs on the items that both have, figure by figure, in strict mode. */
record Comparison(Map<String, TaskFile> first, Map<String, TaskFile> second) {
    private static final String HEAD = """
        | task | figure | first | second | difference (95 %, items) | p, paired bootstrap | p, McNemar |
        |---|---|---|---|---|---|---|
        """;

    static Comparison read(Path first, Path second) throws IOException {
        return new Comparison(TaskFile.readAll(first), TaskFile.readAll(second));
    }

    /** @throws IllegalArgumentException if they have no task in common */
    String markdown() {
        var rows = new ArrayList<String>();
        first.forEach((task, file) -> {
            TaskFile other = second.get(task);
            if (other != null) {
                rows.addAll(rows(file, other));
            }
        });
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("the runs have no item of any figure in common: %s and %s"
                    .formatted(first.keySet(), second.keySet()));
        }
        return HEAD + String.join("\n", rows) + "\n";
    }

    private static List<String> rows(TaskFile first, TaskFile second) {
        var rows = new ArrayList<String>();
        first.parts().forEach((figure, parts) -> {
            Map<String, Part> others = second.parts().getOrDefault(figure, Map.of());
            var pairs = new ArrayList<Pair>();
            parts.forEach((id, part) -> {
                Part other = others.get(id);
                if (other != null) {
                    pairs.add(new Pair(part, other));
                }
            });
            if (!pairs.isEmpty()) {
                rows.add(row(first.task(), figure, PairedTest.of(pairs), parts.size(), others.size()));
            }
        });
        return rows;
    }

    private static String row(String task, String figure, PairedTest test, int ofFirst, int ofSecond) {
        int common = test.difference().n();
        String items = common == ofFirst && common == ofSecond
                ? "n = %d".formatted(common)
                : "n = %d of %d and %d".formatted(common, ofFirst, ofSecond);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.4f | %.4f | %+.4f (%+.4f to %+.4f, %s) | %.4f | %s |",
                task,
                figure,
                test.first(),
                test.second(),
                test.difference().value(),
                test.difference().low(),
                test.difference().high(),
                items,
                test.p(),
                test.mcnemar().isPresent()
                        ? String.format(Locale.ROOT, "%.4g", test.mcnemar().getAsDouble())
                        : "");
    }
}
