package ai.sphinxv.training.benchmark.task;

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

/**
 * LLaVA-Bench (In-the-Wild): 60 questions about 24 pictures from anywhere, judged beside GPT-4's answers with a description by
 * hand as context (metrics.md 6.1). The paper measures LLaVA-Bench (COCO), see {@link LlavaBench}; as there, a box marks nearly
 * all of the picture.
 */
public final class LlavaWild implements Task {
    private static final String FOLDER = "llava-bench-in-the-wild/";

    /** Before the categories of the questions, in the rules and so in the figures. */
    private static final String RULE = "llava_bench_";

    private Optional<JudgeRules> rules = Optional.empty();

    @Override
    public String name() {
        return "llava-bench-wild";
    }

    @Override
    public String title() {
        return "as Table 7, LLaVA-Bench (In-the-Wild)";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.as("Conversation", RULE + "conv", null),
                Column.as("Detail description", RULE + "detail", null),
                Column.as("Complex reasoning", RULE + "complex", null));
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        Path questions = data.file(FOLDER + "questions.jsonl");
        Map<String, String> answers = new HashMap<>();
        for (Field answer : Field.lines(data.file(FOLDER + "answers_gpt4.jsonl"))) {
            answers.put(
                    answer.get("question_id").value().asText(),
                    answer.get("text").text());
        }
        Map<String, String> contexts = contexts(data.file(FOLDER + "context.jsonl"));
        var items = new ArrayList<Item>();
        for (Field question : Field.lines(questions)) {
            String id = question.get("question_id").value().asText();
            Field image = question.get("image");
            if (!answers.containsKey(id) || !contexts.containsKey(image.text())) {
                throw question.wrong("a question whose answer and whose picture's description are there too");
            }
            Path picture = data.picture(questions, image);
            var truth = JsonNodeFactory.instance.objectNode();
            truth.put("answer", answers.get(id)).put("context", contexts.get(image.text()));
            items.add(new Item(
                    id,
                    RULE + question.get("category").text(),
                    picture,
                    List.of(LlavaBench.nearlyAll(FerretBench.decode(picture))),
                    question.get("text").text(),
                    Item.LONG,
                    truth));
        }
        rules = JudgeRules.find(data, "table/rule.json");
        return items;
    }

    /** The published script puts a line break between captions, and so between the letters of a single one: not here. */
    private static Map<String, String> contexts(Path file) throws IOException {
        var contexts = new HashMap<String, String>();
        for (Field picture : Field.lines(file)) {
            Field caption = picture.get("caption");
            contexts.put(
                    picture.get("image").text(),
                    caption.value().isTextual() ? caption.text() : String.join("\n", caption.texts()));
        }
        return contexts;
    }

    @Override
    public boolean isJudged() {
        return true;
    }

    @Override
    public Optional<JudgeQuestion> toJudge(Answered answered) {
        Item item = answered.item();
        JudgeRules published = rules.orElseThrow(
                () -> new MissingDataException("table/rule.json, by which the judge has to judge, is not there"));
        return Optional.of(published.ask(JudgeQuestion.LINE_BREAK, item, item.question(), answered.words()));
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return JudgeFigures.withWords(answers, Answered::text, scorer);
    }
}
