package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import java.io.IOException;
import java.nio.file.Path;
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

    private JudgeRules rules = JudgeRules.notRead("table/rule.json");

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
        List<Item> items = LlavaBench.items(
                data,
                data.file(FOLDER + "questions.jsonl"),
                data.file(FOLDER + "answers_gpt4.jsonl"),
                contexts(data.file(FOLDER + "context.jsonl")),
                "description",
                RULE);
        rules = rules.in(data);
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
        return Optional.of(LlavaBench.ask(rules, answered));
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return JudgeFigures.withWords(answers, Answered::text, scorer);
    }
}
