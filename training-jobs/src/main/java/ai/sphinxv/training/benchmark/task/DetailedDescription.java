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
 * Detailed region description (paper 5.4, Table 5): Osprey's 80 regions of RefCOCO pictures, judged beside GPT-4's
 * descriptions with what is annotated of the picture as context. The model is asked the fixed question, the judge is told
 * Osprey's, as published.
 */
public final class DetailedDescription implements Task {
    private static final String QUESTION = "Please provide a detailed description of each marked region in the image.";
    private static final String CATEGORY = "description";

    private JudgeRules rules = JudgeRules.notRead("eval/rule.json");

    @Override
    public String name() {
        return "detailed-box";
    }

    @Override
    public String title() {
        return "Table 5: detailed region description, RefCOCO, box";
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.as("Detailed description", JudgeFigures.ALL, 92.19));
    }

    @Override
    public List<Item> read(DataFolder data) throws IOException {
        Path questions = data.file("description/questions.json");
        Map<Integer, Field> answers = byQuestion(data.file("description/answers.json"));
        Map<Integer, Field> prompts = byQuestion(data.file("description/prompt.json"));
        var items = new ArrayList<Item>();
        for (Field question : Field.read(questions).list()) {
            int number = question.get("question_id").integer();
            Field answer = answers.get(number);
            Field prompt = prompts.get(number);
            if (answer == null || prompt == null) {
                throw question.wrong("a question_id that answers.json and prompt.json have too");
            }
            var truth = JsonNodeFactory.instance.objectNode();
            truth.put("question", question.get("text").text());
            truth.put("answer", answer.get("text").text());
            truth.put("context", prompt.get("prompt").text());
            items.add(new Item(
                    String.valueOf(number),
                    CATEGORY,
                    data.picture(questions, question.get("image")),
                    List.of(AnnotatedMarks.cornerAndSize(
                            question.get("annotation").get("bbox"))),
                    QUESTION,
                    Item.LONG,
                    truth));
        }
        rules = rules.in(data);
        return items;
    }

    private static Map<Integer, Field> byQuestion(Path file) throws IOException {
        var byQuestion = new HashMap<Integer, Field>();
        for (Field one : Field.read(file).list()) {
            byQuestion.put(one.get("question_id").integer(), one);
        }
        return byQuestion;
    }

    @Override
    public boolean isJudged() {
        return true;
    }

    @Override
    public Optional<JudgeQuestion> toJudge(Answered answered) {
        Item item = answered.item();
        return Optional.of(rules.ask(
                JudgeQuestion.BACKSLASH, item, item.truth().path("question").asText(), answered.words()));
    }

    @Override
    public Scored score(List<Answered> answers, Scorer scorer) throws IOException {
        return JudgeFigures.withWords(answers, BriefDescription::firstRegion, scorer);
    }
}
