package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Regional OCR (paper 5.3, Table 4): what the marked words of COCO-Text say; right if equal but for case. */
public record RegionalOcr() implements Task {
    static final String ACCURACY = "accuracy";

    @Override
    public String name() {
        return "coco-text-box";
    }

    @Override
    public String title() {
        return "Table 4: regional OCR, COCO-Text, box";
    }

    @Override
    public List<Column> columns() {
        return columns(45.44);
    }

    static List<Column> columns(@Nullable Double published) {
        return List.of(
                Column.percent("Accuracy", ACCURACY, published),
                Column.percent("trimmed", "accuracyTrimmed", null),
                Column.percent("1 - NED", "oneMinusNed", null));
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        return RegionAnnotations.read(data, data.file("COCOText_box.json"), name(), group -> Item.SHORT);
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return scored(answers, scorer);
    }

    static Scored scored(List<Answered> answers, Scorer scorer) throws IOException {
        return Scored.of(answers, RegionalOcr::input, scorer, List.of(ACCURACY, "accuracyTrimmed", "oneMinusNed"));
    }

    private static JsonNode input(List<Answered> answers) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        ArrayNode items = input.putArray("items");
        for (Answered one : answers) {
            items.addObject()
                    .put(
                            "answer",
                            one.text() == null
                                    ? null
                                    : Lines.published(
                                            one.text(), one.item().marks().size()))
                    .put("annotation", one.item().truth().asText());
        }
        return input;
    }
}
