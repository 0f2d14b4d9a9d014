package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Visual commonsense reasoning, as r2c's eval_q2ar.py has it (metrics.md 4): the answer right, the rationale right given
 * the right answer, and both right for the same item. A null row is an item whose answer could not be read:
 * {@code strict} counts it as a miss, {@code paper} does not know it.
 */
final class Vcr {
    private static final double ROUNDING = 1e-12;

    private Vcr() {}

    /** One item. */
    private record Item(boolean scored, boolean tied, boolean answer, boolean rationale) {
        boolean both() {
            return answer && rationale;
        }
    }

    /** Labels and rows of scores in, the three accuracies and the bounds of the joint one out. */
    static ObjectNode score(Field input) {
        List<Item> all = items(input);
        List<Item> scored = all.stream().filter(Item::scored).toList();
        Estimate answer = accuracy(scored, Item::answer);
        Estimate rationale = accuracy(scored, Item::rationale);
        Estimate both = accuracy(scored, Item::both);
        double lower = Math.max(0, answer.value() + rationale.value() - 1);
        double upper = Math.min(answer.value(), rationale.value());
        if (both.value() < lower - ROUNDING || both.value() > upper + ROUNDING) {
            throw new IllegalStateException(
                    "Q->AR %s is outside of %s to %s: it is not of the same items".formatted(both, lower, upper));
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("Q_A", answer.value()).put("QA_R", rationale.value()).put("Q_AR", both.value());
        json.put("tiesInAnswerArgmax", all.stream().filter(Item::tied).count());
        json.put("frechetLower", lower).put("frechetUpper", upper);
        json.put("product", answer.value() * rationale.value());
        return new BothModes()
                .paper("Q_A", answer)
                .paper("QA_R", rationale)
                .paper("Q_AR", both)
                .strict("Q_A", accuracy(all, Item::answer))
                .strict("QA_R", accuracy(all, Item::rationale))
                .strict("Q_AR", accuracy(all, Item::both))
                .into(json);
    }

    private static List<Item> items(Field input) {
        List<Field> answers = input.get("answer_scores").list();
        List<Field> rationales = input.get("rationale_scores_givenGoldAnswer").list(answers.size());
        List<Field> answerLabels = input.get("answer_label").list(answers.size());
        List<Field> rationaleLabels = input.get("rationale_label").list(answers.size());
        var items = new ArrayList<Item>();
        for (int i = 0; i < answers.size(); i++) {
            Row answer = row(answers.get(i), answerLabels.get(i));
            Row rationale = row(rationales.get(i), rationaleLabels.get(i));
            items.add(new Item(answer.there && rationale.there, answer.tied, answer.right, rationale.right));
        }
        return items;
    }

    /** Four choices; the first of the highest is taken. */
    private record Row(boolean there, boolean tied, boolean right) {}

    private static Row row(Field row, Field label) {
        if (row.value().isNull()) {
            return new Row(false, false, false);
        }
        double[] scores = row.numbers();
        int right = label.integer();
        if (right < 0 || right >= scores.length) {
            throw label.wrong("one of the %d choices, from 0,".formatted(scores.length));
        }
        double most = Arrays.stream(scores).max().orElseThrow();
        int first = 0;
        while (scores[first] < most) {
            first++;
        }
        boolean tied = Arrays.stream(scores).filter(score -> score == most).count() > 1;
        return new Row(true, tied, first == right);
    }

    private static Estimate accuracy(List<Item> items, Predicate<Item> hit) {
        return Bootstrap.STANDARD.mean(
                items.stream().mapToDouble(item -> hit.test(item) ? 1 : 0).toArray());
    }
}
