package ai.sphinxv.training.benchmark;

import ai.sphinxv.training.benchmark.Finding.Counted;
import ai.sphinxv.training.benchmark.Finding.Difference;
import ai.sphinxv.training.benchmark.Finding.NotMeasured;
import ai.sphinxv.training.benchmark.Finding.Quantity;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Findings as a Markdown table, told line by line as they come, and as JSON; details of them in a second table. */
public final class Report {
    private static final String HEAD =
            "| measurement | figure (95 %% interval, n) | goal | experts alone |%n|---|---|---|---|".formatted();

    private final String model;
    private final Consumer<String> lines;
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Map<String, Finding> details = new LinkedHashMap<>();
    private final Map<String, Finding> beside;

    /**
     * An empty one.
     *
     * @param model its name and version
     * @param lines gets the table's lines at once
     */
    public Report(String model, Consumer<String> lines) {
        this(model, lines, Map.of());
    }

    /** An empty one, which gives beside each figure what another one, of the model's experts, has in its place. */
    public Report(String model, Consumer<String> lines, Report experts) {
        this(model, lines, Map.copyOf(experts.findings));
    }

    private Report(String model, Consumer<String> lines, Map<String, Finding> beside) {
        this.model = model;
        this.lines = lines;
        this.beside = beside;
        lines.accept(HEAD);
    }

    /** Adds a row, and tells it. */
    public void add(String measurement, Finding finding) {
        findings.put(measurement, finding);
        lines.accept(row(measurement, finding));
    }

    /** Adds a row for each share to the second table, {@code measurement: name}, the most frequent first. */
    void details(String measurement, Tally tally) {
        tally.shares().entrySet().stream()
                .sorted(Comparator.comparingInt(row -> -row.getValue().of()))
                .forEach(row ->
                        details.put("%s: %s".formatted(measurement, row.getKey()), new Counted(row.getValue(), 0)));
    }

    /** What a measurement found; fails if it has not been added. */
    public Finding finding(String measurement) {
        return Objects.requireNonNull(findings.get(measurement), () -> "there is no row " + measurement);
    }

    /** Both tables. */
    public String markdown() {
        var text = new StringBuilder("# %s, measured%n%n%s%n".formatted(model, HEAD));
        findings.forEach((name, finding) -> text.append("%s%n".formatted(row(name, finding))));
        text.append("%n## In detail%n%n%s%n".formatted(HEAD));
        details.forEach((name, finding) -> text.append("%s%n".formatted(row(name, finding))));
        return text.toString();
    }

    /** Writes {@link #markdown} and, beside it, the same in JSON. */
    public void write(Path markdown) throws IOException {
        Path file = markdown.toAbsolutePath();
        Files.createDirectories(file.getParent());
        Files.writeString(file, markdown());
        String name = file.getFileName().toString();
        int end = name.endsWith(".md") ? name.length() - ".md".length() : name.length();
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(
                        file.resolveSibling(name.substring(0, end) + ".json").toFile(), json());
    }

    private ObjectNode json() {
        var json = new ObjectMapper().createObjectNode().put("model", model);
        var rows = json.putObject("findings");
        findings.forEach((name, finding) -> rows.set(name, json(finding)));
        var experts = json.putObject("expertsAlone");
        beside.forEach((name, finding) -> experts.set(name, json(finding)));
        var more = json.putObject("details");
        details.forEach((name, finding) -> more.set(name, json(finding)));
        return json;
    }

    private static ObjectNode json(Finding finding) {
        var json = new ObjectMapper().createObjectNode().put("figure", finding.figure());
        if (!finding.goal().isEmpty()) {
            json.put("goal", finding.goal());
        }
        return switch (finding) {
            case Counted(Share share, int atLeast) ->
                json.put("right", share.right()).put("of", share.of()).put("percent", share.percent());
            case Difference difference -> json.put("points", difference.points());
            case Quantity(double value, String unit) -> json.put("value", value).put("unit", unit);
            case NotMeasured missing -> json;
        };
    }

    private String row(String measurement, Finding finding) {
        Finding other = beside.get(measurement);
        return "| %s | %s | %s | %s |"
                .formatted(measurement, finding.figure(), finding.goal(), other == null ? "" : other.figure());
    }
}
