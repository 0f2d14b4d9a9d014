package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import ai.sphinxv.training.data.Questions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * ICDAR 2015 by the official end-to-end script: {@code gt_img_1.txt} of each {@code img_1.jpg}, a word a line, eight
 * coordinates and what it says. Words are marked where they are annotated, so only the reading is measured: a word that an
 * answer leaves out is not detected. The paper has no such figure.
 */
public record IcdarWords() implements Task {
    private static final String DO_NOT_CARE = "###";
    private static final int CORNERS = 8;
    private static final int WORDS_OF_A_QUESTION = 10;
    private static final List<String> FIGURES = List.of("endToEnd.recall", "wordSpotting.recall");

    @Override
    public String name() {
        return "icdar-words";
    }

    @Override
    public String title() {
        return "ICDAR 2015, end to end on annotated words, box";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.percent("End to end, hmean", "endToEnd.hmean", null),
                Column.percent("recall", FIGURES.getFirst(), null),
                Column.percent("Word spotting, hmean", "wordSpotting.hmean", null));
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        var items = new ArrayList<Item>();
        for (Path file : data.files("gt_img_", ".txt")) {
            String image = String.valueOf(file.getFileName()).replaceAll("^gt_|\\.txt$", "");
            var name = new Field(file.getFileName() + ": ", JsonNodeFactory.instance.textNode(image + ".jpg"));
            List<ObjectNode> words = words(file);
            for (int from = 0; from < words.size(); from += WORDS_OF_A_QUESTION) {
                var some = words.subList(from, Math.min(words.size(), from + WORDS_OF_A_QUESTION));
                items.add(new Item(
                        "%s/%d".formatted(image, from / WORDS_OF_A_QUESTION + 1),
                        name(),
                        data.picture(file, name),
                        some.stream().map(IcdarWords::mark).toList(),
                        Questions.OCR.formatted("region"),
                        Item.SHORT,
                        JsonNodeFactory.instance.arrayNode().addAll(some)));
            }
        }
        return items;
    }

    /** Those that count. */
    private static List<ObjectNode> words(Path file) throws IOException {
        var words = new ArrayList<ObjectNode>();
        int number = 0;
        for (String line : Files.readString(file).replace("\uFEFF", "").lines().toList()) {
            number++;
            String[] parts = line.split(",", CORNERS + 1);
            if (parts.length <= CORNERS) {
                throw new IllegalArgumentException("%s: line %d: eight coordinates and a word are needed, this is %s"
                        .formatted(file.getFileName(), number, line));
            }
            if (!parts[CORNERS].equals(DO_NOT_CARE)) {
                words.add(word(parts, "%s: line %d".formatted(file.getFileName(), number)));
            }
        }
        return words;
    }

    private static ObjectNode word(String[] parts, String place) {
        ObjectNode word = JsonNodeFactory.instance.objectNode();
        ArrayNode points = word.putArray("points");
        for (int i = 0; i < CORNERS; i += 2) {
            points.addArray().add(coordinate(parts[i], place)).add(coordinate(parts[i + 1], place));
        }
        return word.put("text", parts[CORNERS]);
    }

    private static int coordinate(String text, String place) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s: a whole number is needed, this is %s".formatted(place, text), e);
        }
    }

    private static VisualPrompt mark(JsonNode word) {
        var corners = new ArrayList<Point>();
        word.path("points")
                .forEach(corner -> corners.add(
                        new Point(corner.path(0).asDouble(), corner.path(1).asDouble())));
        return new Stroke(corners).boundingBox();
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return Scored.of(answers, IcdarWords::input, scorer, FIGURES);
    }

    private static JsonNode input(List<Answered> answers) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        ObjectNode truth = input.putObject("gt");
        ObjectNode said = input.putObject("pred");
        for (Answered one : answers) {
            String image = String.valueOf(one.item().picture().getFileName());
            JsonNode words = one.item().truth();
            truth.withArray("/" + image).addAll((ArrayNode) words);
            ArrayNode read = said.withArray("/" + image);
            for (MarkAnswer word : AnswerParser.marks(one.words(), words.size())) {
                read.addObject()
                        .put("text", word.text())
                        .set("points", words.path(word.mark() - 1).path("points"));
            }
        }
        return input;
    }
}
