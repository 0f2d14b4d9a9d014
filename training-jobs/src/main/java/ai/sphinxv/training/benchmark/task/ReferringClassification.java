package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
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
