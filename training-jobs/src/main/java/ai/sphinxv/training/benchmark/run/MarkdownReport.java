package ai.sphinxv.training.benchmark.run;

import ai.sphinxv.training.benchmark.run.Outcome.Measured;
import ai.sphinxv.training.benchmark.run.Outcome.NotMeasured;
import ai.sphinxv.training.benchmark.task.Column;
import ai.sphinxv.training.benchmark.task.PaperRow;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tables in the paper's layout, the paper's own row of SPHINX-V above ours in both modes; below each, the figures that the
 * paper does not have.
 */
final class MarkdownReport {
    private static final String NOT_MEASURED = "not measured";

    private MarkdownReport() {}

    static String of(List<Outcome> outcomes) {
        return outcomes.stream().map(MarkdownReport::section).collect(Collectors.joining("\n")) + "\n" + legend();
    }

    private static String section(Outcome outcome) {
        String title = "## %s%n".formatted(outcome.task().title());
        return switch (outcome) {
            case Measured measured -> title + "\n" + measured(measured);
            case NotMeasured missing -> "%s%nnot measured: %s%n".formatted(title, missing.why());
        };
    }

    private static String measured(Measured measured) {
        List<Column> columns = measured.task().columns();
        JsonNode paper = measured.scored().paper();
        JsonNode strict = measured.scored().strict();
        return sampled(measured)
                + row("", columns, Column::name)
                + row("---", columns, column -> "---")
                + (columns.stream().allMatch(column -> column.published() == null)
                        ? ""
                        : row("SPHINX-V, in the paper", columns, MarkdownReport::published))
                + measured.task().paperRows().stream()
                        .map(row -> row(row, columns.size()))
                        .collect(Collectors.joining())
                + row("%s, `paper`".formatted(measured.model()), columns, column -> figure(paper, column))
                + row("%s, `strict`".formatted(measured.model()), columns, column -> figure(strict, column))
                + more(measured)
                + measured.scored().notes().stream()
                        .distinct()
                        .map(note -> "%n%s.%n".formatted(note))
                        .collect(Collectors.joining());
    }

    private static String sampled(Measured measured) {
        String refused = measured.refused() == 0 ? "" : ", %d of them refused".formatted(measured.refused());
        return measured.isSample()
                ? "**A sample**: %d of %d items%s.%n%n"
                        .formatted(measured.answers().size(), measured.ofAll(), refused)
                : "%d items%s.%n%n".formatted(measured.answers().size(), refused);
    }

    private static String row(String head, List<Column> columns, Function<Column, String> cell) {
        return columns.stream().map(cell).collect(Collectors.joining(" | ", "| " + head + " | ", " |\n"));
    }

    private static String row(PaperRow row, int columns) {
        return IntStream.range(0, columns)
                .mapToObj(i -> i < row.values().size()
                        ? String.format(Locale.ROOT, "%.2f", row.values().get(i))
                        : "")
                .collect(Collectors.joining(" | ", "| %s, in the paper | ".formatted(row.name()), " |\n"));
    }

    private static String published(Column column) {
        return column.published() == null ? "" : String.format(Locale.ROOT, "%.2f", column.published());
    }

    private static String figure(JsonNode figures, Column column) {
        return figure(figures.path(column.figure()), column.scale());
    }

    /** For instance "76.30 (70.10 to 82.25, n = 300)". */
    private static String figure(JsonNode figure, double scale) {
        return figure.path("value").isNumber()
                ? String.format(
                        Locale.ROOT,
                        "%.2f (%.2f to %.2f, n = %d)",
                        scale * figure.path("value").asDouble(),
                        scale * figure.path("low").asDouble(),
                        scale * figure.path("high").asDouble(),
                        figure.path("n").asInt())
                : NOT_MEASURED;
    }

    private static String more(Measured measured) {
        JsonNode paper = measured.scored().paper();
        JsonNode strict = measured.scored().strict();
        Set<String> names = new LinkedHashSet<>();
        strict.fieldNames().forEachRemaining(names::add);
        paper.fieldNames().forEachRemaining(names::add);
        measured.task().columns().forEach(column -> names.remove(column.figure()));
        return names.isEmpty()
                ? ""
                : "\n| not in the paper | `paper` | `strict` |\n|---|---|---|\n"
                        + names.stream()
                                .map(name -> "| %s | %s | %s |%n"
                                        .formatted(name, figure(paper.path(name), 1), figure(strict.path(name), 1)))
                                .collect(Collectors.joining());
    }

    private static String legend() {
        return """
            `paper`: as the published scripts compute it. `strict`: nothing is dropped, what is missing counts 0. In
            brackets the 95 % interval, a percentile bootstrap of 2,000 resamples of items, and what the figure is a mean
            of. The paper's row is what the paper says, with its data and its judge; it was not measured here.
            """;
    }
}
