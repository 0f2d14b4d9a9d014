package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Referring object classification (paper 5.2, Tables 3 and 9): labels of marked objects on LVIS, of their parts on PACO,
 * scored by semantic similarity and semantic IoU.
 */
public record ReferringClassification(String name, String title, String file, List<Column> columns) implements Task {
    static final String SIMILARITY = "semanticSimilarity";
    static final String OVERLAP = "semanticIoU";

    static ReferringClassification of(String dataset, String kind, double similarity, double overlap) {
        return new ReferringClassification(
                "%s-%s".formatted(dataset.toLowerCase(Locale.ROOT), kind),
                "Table 3: referring object classification, %s, %s".formatted(dataset, kind),
                "%s_%s.json".formatted(dataset, kind),
                columns(similarity, overlap));
    }

    static List<Column> columns(@Nullable Double similarity, @Nullable Double overlap) {
        return List.of(
                Column.percent("Semantic Similarity", SIMILARITY, similarity),
                Column.percent("Semantic IoU", OVERLAP, overlap));
    }

    /** Table 9: after 50,000 steps only, and the paper does not say of points or of boxes. */
    @Override
    public List<PaperRow> paperRows() {
        return switch (name) {
            case "lvis-box" -> ablation(45.5, 21.7, 47.3, 25.5, 43.1, 19.2, 55.9, 30.1);
            case "paco-box" -> ablation(39.6, 14.2, 43.47, 18.3, 39.2, 12.5, 52.3, 22.4);
            default -> List.of();
        };
    }

    private static List<PaperRow> ablation(double... figures) {
        List<String> ways = List.of("alpha blending", "text", "one stage", "encoder, two stages");
        return IntStream.range(0, ways.size())
                .mapToObj(i ->
                        new PaperRow("Table 9, %s".formatted(ways.get(i)), List.of(figures[2 * i], figures[2 * i + 1])))
                .toList();
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        return RegionAnnotations.read(data, data.file(file), name, group -> Item.SHORT);
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return scored(answers, scorer);
    }

    static Scored scored(List<Answered> answers, Scorer scorer) throws IOException {
        return Scored.of(answers, ReferringClassification::input, scorer, List.of(SIMILARITY, OVERLAP));
    }

    private static JsonNode input(List<Answered> answers) {
        ArrayNode input = JsonNodeFactory.instance.arrayNode();
        for (Answered one : answers) {
            var item = one.item();
            input.addObject()
                    .put("image_name", String.valueOf(item.picture().getFileName()))
                    .put(
                            "prediction",
                            one.text() == null
                                    ? null
                                    : Lines.published(one.text(), item.marks().size()))
                    .put("answer", item.truth().asText());
        }
        return input;
    }
}
