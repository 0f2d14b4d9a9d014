package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * LLaVA-Bench (COCO) (paper 5.5, Table 7): 30 pictures of COCO val 2014 with three questions each, judged beside GPT-4's
 * answers with captions and boxes as context. The whole picture is meant, so a box marks nearly all of it.
 */
public final class LlavaBench implements Task {
    /** Of the picture's sides, left free at each edge. */
    private static final double MARGIN = 0.01;

    private JudgeRules rules = JudgeRules.notRead("table/rule.json");

    @Override
    public String name() {
        return "llava-bench";
    }

    @Override
    public String title() {
        return "Table 7: LLaVA-Bench (COCO)";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.as("Conversation", "conv", 85.0),
                Column.as("Detail description", "detail", 86.4),
                Column.as("Complex reasoning", "complex", 91.3));
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        List<Item> items = items(
                data,
                data.file("qa90_questions.jsonl"),
                data.file("qa90_gpt4_answer.jsonl"),
                contexts(data.file("caps_boxes_coco2014_val_80.jsonl")),
                "captions",
                "");
        rules = rules.in(data);
        return items;
    }

    /**
     * The questions of one of LLaVA's benches.
     *
     * @param contexts what the judge reads of each picture, by its name
     * @param kind of context, as messages call it
     * @param rule before the questions' categories, in the rules and so in the figures
     */
    static List<Item> items(
            DataFolder data, Path questions, Path gpt4, Map<String, String> contexts, String kind, String rule)
            throws IOException {
        Map<String, String> answers = new HashMap<>();
        for (Field answer : Field.lines(gpt4)) {
            answers.put(
                    answer.get("question_id").value().asText(),
                    answer.get("text").text());
        }
        var items = new ArrayList<Item>();
        for (Field question : Field.lines(questions)) {
            String id = question.get("question_id").value().asText();
            Field image = question.get("image");
            if (!answers.containsKey(id) || !contexts.containsKey(image.text())) {
                throw question.wrong("a question whose answer and whose picture's %s are there too".formatted(kind));
            }
            Path picture = data.picture(questions, image);
            var truth = JsonNodeFactory.instance.objectNode();
            truth.put("answer", answers.get(id)).put("context", contexts.get(image.text()));
            items.add(new Item(
                    id,
                    rule + question.get("category").text(),
                    picture,
                    List.of(nearlyAll(FerretBench.decode(picture))),
                    question.get("text").text(),
                    Item.LONG,
                    truth));
        }
        return items;
    }

    private static Map<String, String> contexts(Path file) throws IOException {
        var contexts = new HashMap<String, String>();
        for (Field picture : Field.lines(file)) {
            String boxes = picture.get("instances").list().stream()
                    .map(one -> "%s: [%s]"
                            .formatted(
                                    one.get("category").text(),
                                    one.get("bbox").list(4).stream()
                                            .map(edge -> edge.value().asText())
                                            .collect(Collectors.joining(", "))))
                    .collect(Collectors.joining("\n"));
            contexts.put(
                    picture.get("image").text(),
                    "%s\n\n%s"
                            .formatted(String.join("\n", picture.get("captions").texts()), boxes));
        }
        return contexts;
    }

    private static Box nearlyAll(RgbImage image) {
        double x = MARGIN * image.width();
        double y = MARGIN * image.height();
        return new Box(x, y, image.width() - x, image.height() - y);
    }

    @Override
    public boolean isJudged() {
        return true;
    }

    @Override
    public Optional<JudgeQuestion> toJudge(Answered answered) {
        return Optional.of(ask(rules, answered));
    }

    /** @throws MissingDataException if the rules are not there */
    static JudgeQuestion ask(JudgeRules rules, Answered answered) {
        Item item = answered.item();
        return rules.ask(JudgeQuestion.LINE_BREAK, item, item.question(), answered.words());
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return JudgeFigures.withWords(answers, Answered::text, scorer);
    }
}
