package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Closed-set classification (paper 5.2, Table 4): is the marked object of LVIS one class or another? Ferret's file
 * {@code lvis_eval.jsonl}, whose pairs of classes are part of it, in the paper's words; every other question has the right
 * class second (metrics.md 5).
 *
 * @param name of the task
 * @param byPoint whether the object is marked by the file's point, else by its box
 */
public record ClosedSet(String name, boolean byPoint, double published) implements Task {
    static final String ACCURACY = "accuracy";

    @Override
    public String title() {
        return "Table 4: one of two classes, LVIS, %s".formatted(byPoint ? "point" : "box");
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.percent("Accuracy", ACCURACY, published));
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        var file = data.file("lvis_eval.jsonl");
        var items = new ArrayList<Item>();
        var ids = new HashSet<String>();
        for (Field entry : Field.lines(file)) {
            String id = entry.get("id").value().asText();
            if (!ids.add(id)) {
                throw entry.get("id").wrong("an id that no other line has");
            }
            VisualPrompt mark = byPoint
                    ? AnnotatedMarks.point(entry.get("sample_point"))
                    : AnnotatedMarks.corners(
                            entry.get("bbox_norm"),
                            entry.get("width").number(),
                            entry.get("height").number());
            ObjectNode truth = truth(
                    entry.get("name").text(),
                    entry.get("synonyms").texts(),
                    entry.get("neg_class").text());
            items.add(new Item(
                    id,
                    name,
                    data.picture(file, picture(entry.get("image_path"))),
                    List.of(mark),
                    question(truth, items.size() % 2 == 0, byPoint ? "point" : "region"),
                    Item.SHORT,
                    truth));
        }
        return items;
    }

    /** The last part of the path: the published one is of its authors' disk. */
    private static Field picture(Field path) {
        String text = path.text();
        return new Field(path.place(), JsonNodeFactory.instance.textNode(text.substring(text.lastIndexOf('/') + 1)));
    }

    static ObjectNode truth(String category, List<String> synonyms, String other) {
        ObjectNode truth = JsonNodeFactory.instance.objectNode().put("name", category);
        ArrayNode names = truth.putArray("synonyms");
        synonyms.forEach(names::add);
        return truth.put("neg_class", other);
    }

    static String question(JsonNode truth, boolean rightFirst, String noun) {
        String right = truth.path("name").asText();
        String wrong = truth.path("neg_class").asText();
        return "Please identify the label of the marked %s in the image. Is it %s or %s?"
                .formatted(noun, rightFirst ? right : wrong, rightFirst ? wrong : right);
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return scored(answers, scorer);
    }

    static Scored scored(List<Answered> answers, Scorer scorer) throws IOException {
        return Scored.of(answers, ClosedSet::input, scorer, List.of(ACCURACY));
    }

    private static JsonNode input(List<Answered> answers) {
        ArrayNode input = JsonNodeFactory.instance.arrayNode();
        answers.forEach(one -> input.add(((ObjectNode) one.item().truth().deepCopy()).put("text", one.text())));
        return input;
    }
}
