package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Ferret-Bench (paper 5.5, Table 7): 40 questions of each kind about objects of COCO val 2017, judged beside GPT-4's
 * answers with what is annotated of the picture as context. A place that a question names, {@code [0.62, 0.08, 0.77, 0.13]},
 * becomes a marked region. As in the paper, referring description and reasoning only: the third kind asks for
 * coordinates.
 */
public final class FerretBench implements Task {
    private static final String DESCRIPTION = "refer_desc";
    private static final String REASONING = "refer_reason";

    private static final Pattern PLACE = Pattern.compile("\\[([^\\[\\]]*)]");
    /** What the published script takes out of a model's answer. */
    private static final Pattern PLACE_SAID = Pattern.compile(" \\[.*?]");

    private JudgeRules rules = JudgeRules.notRead("ferret_gpt4_data/rule.json");

    @Override
    public String name() {
        return "ferret-bench";
    }

    @Override
    public String title() {
        return "Table 7: Ferret-Bench";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.as("Referring description", DESCRIPTION, 76.4),
                Column.as("Referring reasoning", REASONING, 70.4));
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        var items = new ArrayList<>(read(data, "refer_caption", DESCRIPTION));
        items.addAll(read(data, "refer_reason", REASONING));
        rules = rules.in(data);
        return items;
    }

    private static List<Item> read(DataFolder data, String folder, String category) throws IOException {
        Path questions = data.file(folder + "/question.jsonl");
        Map<Integer, Field> answers = byQuestion(data.file(folder + "/answer.jsonl"));
        Map<Integer, Field> contexts = byQuestion(data.file(folder + "/context.jsonl"));
        var items = new ArrayList<Item>();
        for (Field question : Field.lines(questions)) {
            int number = question.get("question_id").integer();
            Path picture = data.picture(questions, question.get("image"));
            Field text = question.get("text");
            var truth = JsonNodeFactory.instance.objectNode();
            truth.put("question", text.text());
            truth.put("answer", text(answers, number, question));
            truth.put("context", text(contexts, number, question));
            items.add(new Item(
                    "%s/%d".formatted(category, number),
                    category,
                    picture,
                    marks(text, picture),
                    tagged(text.text()),
                    Item.LONG,
                    truth));
        }
        return items;
    }

    private static Map<Integer, Field> byQuestion(Path file) throws IOException {
        var byQuestion = new HashMap<Integer, Field>();
        for (Field line : Field.lines(file)) {
            byQuestion.put(line.get("question_id").integer(), line);
        }
        return byQuestion;
    }

    private static String text(Map<Integer, Field> lines, int number, Field question) {
        Field line = lines.get(number);
        if (line == null) {
            throw question.wrong("a question_id that answers and contexts have too");
        }
        return line.get("text").text();
    }

    /** Places are parts of the picture, so its size is needed. */
    private static List<VisualPrompt> marks(Field question, Path picture) throws IOException {
        RgbImage image = decode(picture);
        var marks = new ArrayList<VisualPrompt>();
        for (MatchResult place : PLACE.matcher(question.text()).results().toList()) {
            var corners = new Field(question.place(), new ObjectMapper().readTree(place.group()));
            marks.add(AnnotatedMarks.corners(corners, image.width(), image.height()));
        }
        if (marks.isEmpty()) {
            throw question.wrong("a question that names a place, [left, top, right, bottom],");
        }
        return marks;
    }

    static RgbImage decode(Path picture) throws IOException {
        try {
            return ImageDecoder.decode(Files.readAllBytes(picture));
        } catch (InvalidImageException e) {
            throw new IllegalArgumentException("%s: %s".formatted(picture, e.getMessage()), e);
        }
    }

    /** "the object [0.1, ...] and" is "the object &lt;Region 1&gt; and". */
    static String tagged(String question) {
        var number = new int[1];
        return PLACE.matcher(question).replaceAll(place -> "<Region %d>".formatted(++number[0]));
    }

    @Override
    public boolean isJudged() {
        return true;
    }

    @Override
    public Optional<JudgeQuestion> toJudge(Answered answered) {
        Item item = answered.item();
        return Optional.of(rules.ask(
                JudgeQuestion.BACKSLASH,
                item,
                item.truth().path("question").asText(),
                PLACE_SAID.matcher(answered.words()).replaceAll("")));
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return JudgeFigures.withWords(answers, Answered::text, scorer);
    }
}
