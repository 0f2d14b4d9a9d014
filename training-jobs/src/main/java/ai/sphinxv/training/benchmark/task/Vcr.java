package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.Part;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Visual commonsense reasoning (appendix B.2, Table 11): one of four answers, then one of four rationales given the right
 * answer, and both right. Two questions a line of {@code val.jsonl}, each for a letter, as ViP-LLaVA asks (metrics.md 4).
 */
public final class Vcr implements Task {
    private static final String ANSWER = "Q->A";
    private static final String RATIONALE = "QA->R";
    private static final String LETTERS = "ABCD";

    /** The letter at the head of an answer, perhaps in brackets or behind "The answer is". */
    private static final Pattern LETTER = Pattern.compile(
            "^\\W*(?:(?:the )?(?:correct )?answer(?: is)?\\W*)?([A-D])(?![\\w'])", Pattern.CASE_INSENSITIVE);

    private static final List<String> FIGURES = List.of("Q_A", "QA_R", "Q_AR");

    @Override
    public String name() {
        return "vcr";
    }

    @Override
    public String title() {
        return "Table 11: visual commonsense reasoning, VCR val";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.percent("Q -> A", FIGURES.get(0), 89.65),
                Column.percent("QA -> R", FIGURES.get(1), 90.23),
                Column.percent("Q -> AR", FIGURES.get(2), 89.63));
    }

    @Override
    public int together() {
        return 2;
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        Path file = data.file("val.jsonl");
        var items = new ArrayList<Item>();
        for (Field entry : Field.lines(file)) {
            Path picture = data.picture(file, entry.get("img_fn"));
            Field metadata = Field.read(data.picture(file, entry.get("metadata_fn")));
            var objects = new VcrObjects(entry.get("objects").texts(), metadata);
            String id = entry.get("annot_id").text();
            items.add(answer(id, picture, entry, objects));
            items.add(rationale(id, picture, entry, objects));
        }
        return items;
    }

    private static Item answer(String id, Path picture, Field entry, VcrObjects objects) {
        var said = objects.saying(entry.get("question"));
        return item(id + "/answer", ANSWER, picture, said, entry, "answer_choices", "answer_label");
    }

    private static Item rationale(String id, Path picture, Field entry, VcrObjects objects) {
        int right = label(entry, "answer_label");
        var said = objects.saying(
                entry.get("question"), entry.get("answer_choices").list(4).get(right));
        return item(id + "/rationale", RATIONALE, picture, said, entry, "rationale_choices", "rationale_label");
    }

    private static Item item(
            String id, String group, Path picture, VcrObjects.Said said, Field entry, String choices, String label) {
        var question = new StringBuilder(said.text())
                .append(group.equals(RATIONALE) ? "\nWhy is that the answer?" : "")
                .append("\nAnswer with the letter of one choice only.");
        List<Field> four = entry.get(choices).list(4);
        for (int i = 0; i < four.size(); i++) {
            question.append("\n%c: %s".formatted(LETTERS.charAt(i), said.more(four.get(i))));
        }
        var truth = JsonNodeFactory.instance.objectNode().put("label", label(entry, label));
        return new Item(id, group, picture, said.marks(), question.toString(), Item.SHORT, truth);
    }

    private static int label(Field entry, String name) {
        int label = entry.get(name).integer();
        if (label < 0 || label >= LETTERS.length()) {
            throw entry.get(name).wrong("one of 0 to 3");
        }
        return label;
    }

    /** Which of the four an answer means; nothing if it begins with no letter. */
    static OptionalInt choice(String answer) {
        Matcher letter = LETTER.matcher(answer);
        return letter.find()
                ? OptionalInt.of(
                        LETTERS.indexOf(Character.toUpperCase(letter.group(1).charAt(0))))
                : OptionalInt.empty();
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        var answer = new Rows(input.putArray("answer_scores"), input.putArray("answer_label"));
        var rationale = new Rows(input.putArray("rationale_scores_givenGoldAnswer"), input.putArray("rationale_label"));
        long unread = 0;
        for (Answered one : answers) {
            OptionalInt choice = choice(one.words());
            unread += choice.isEmpty() ? 1 : 0;
            (one.item().group().equals(ANSWER) ? answer : rationale)
                    .add(choice, one.item().truth().path("label"));
        }
        return Scored.of(scorer.score(new Field("answers: ", input)), items(answers))
                .noting("%d of %d answers name no letter".formatted(unread, answers.size()));
    }

    /** Of one of the two questions: four scores an item, null where no choice was made, and the right choice. */
    private record Rows(ArrayNode scores, ArrayNode labels) {
        void add(OptionalInt choice, JsonNode label) {
            labels.add(label);
            if (choice.isEmpty()) {
                scores.addNull();
                return;
            }
            ArrayNode row = scores.addArray();
            for (int i = 0; i < LETTERS.length(); i++) {
                row.add(i == choice.getAsInt() ? 1 : 0);
            }
        }
    }

    /** Answers and rationales come in turn. */
    private static Map<String, Map<String, Part>> items(List<Answered> answers) {
        var right = new LinkedHashMap<String, Part>();
        var rightRationale = new LinkedHashMap<String, Part>();
        var both = new LinkedHashMap<String, Part>();
        for (int i = 0; i < answers.size(); i += 2) {
            Answered answer = answers.get(i);
            Answered rationale = answers.get(i + 1);
            right.put(answer.item().id(), part(isRight(answer)));
            rightRationale.put(rationale.item().id(), part(isRight(rationale)));
            both.put(answer.item().id(), part(isRight(answer) && isRight(rationale)));
        }
        return Map.of("Q_A", right, "QA_R", rightRationale, "Q_AR", both);
    }

    private static boolean isRight(Answered answered) {
        OptionalInt choice = choice(answered.words());
        return choice.isPresent()
                && choice.getAsInt() == answered.item().truth().path("label").asInt();
    }

    private static Part part(boolean right) {
        return new Part(right ? 1 : 0, 1);
    }
}
