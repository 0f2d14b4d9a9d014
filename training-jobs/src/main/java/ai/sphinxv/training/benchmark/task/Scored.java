package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.Part;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A benchmark's figures.
 *
 * @param paper as the published scripts compute them: {value, low, high, n} by name
 * @param strict with nothing dropped
 * @param items what each item adds to a figure in strict mode, by the figure's name and the item's id
 * @param notes what a reader has to know of them, a sentence each
 */
public record Scored(ObjectNode paper, ObjectNode strict, Map<String, Map<String, Part>> items, List<String> notes) {
    private static final String REPORT = "report";

    public Scored {
        notes = List.copyOf(notes);
    }

    static Scored of(JsonNode result, Map<String, Map<String, Part>> items) {
        return new Scored(
                (ObjectNode) result.path(REPORT).path("paper"),
                (ObjectNode) result.path(REPORT).path("strict"),
                items,
                List.of());
    }

    /** One figure, the same in both modes. */
    static Scored of(String figure, Map<String, Part> items) {
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.set(figure, Part.estimate(List.copyOf(items.values())).json());
        return new Scored(figures, figures.deepCopy(), Map.of(figure, items), List.of());
    }

    /** No figure, but a sentence. */
    static Scored none(String note) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        return new Scored(nothing, nothing.deepCopy(), Map.of(), List.of(note));
    }

    /**
     * Scores all answers together and, for the comparison of runs, each alone.
     *
     * @param input for the scorer, of these answers
     * @param compared figures that are a mean, so that one item's is a part of it
     */
    static Scored of(
            List<Answered> answers, Function<List<Answered>, JsonNode> input, Scorer scorer, List<String> compared)
            throws IOException {
        var items = new TreeMap<String, Map<String, Part>>();
        for (Answered one : answers) {
            JsonNode alone = scorer.score(new Field(one.item().id() + ": ", input.apply(List.of(one))))
                    .path(REPORT)
                    .path("strict");
            for (String figure : compared) {
                double n = alone.path(figure).path("n").asDouble();
                double value = alone.path(figure).path("value").asDouble();
                items.computeIfAbsent(figure, name -> new LinkedHashMap<>())
                        .put(one.item().id(), new Part(value * n, n));
            }
        }
        return of(scorer.score(new Field("answers: ", input.apply(answers))), items);
    }

    /** These and those of another scorer, whose names get a prefix. */
    Scored and(String prefix, Scored other) {
        var together = new TreeMap<>(items);
        other.items.forEach((name, parts) -> together.put(prefix + name, parts));
        var all = new ArrayList<>(notes);
        all.addAll(other.notes);
        return new Scored(joined(paper, prefix, other.paper), joined(strict, prefix, other.strict), together, all);
    }

    /** With a sentence more. */
    public Scored noting(String note) {
        return and("", none(note));
    }

    private static ObjectNode joined(ObjectNode figures, String prefix, ObjectNode others) {
        ObjectNode joined = figures.deepCopy();
        others.properties().forEach(figure -> joined.set(prefix + figure.getKey(), figure.getValue()));
        return joined;
    }
}
