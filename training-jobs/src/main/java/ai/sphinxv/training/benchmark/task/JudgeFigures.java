package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.training.benchmark.metrics.Field;
import ai.sphinxv.training.benchmark.metrics.JudgeScore;
import ai.sphinxv.training.benchmark.metrics.Part;
import ai.sphinxv.training.benchmark.metrics.Scorer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A judge's scores of answers relative to the references', in percent, by category and of all (metrics.md 6.3). A review
 * that cannot be read is never averaged in strict mode, and its number is told.
 */
final class JudgeFigures {
    static final String ALL = "all";
    private static final String SWAPPED = "both orders, ";

    private JudgeFigures() {}

    private record Judged(String id, String category, JudgeScore score) {}

    /** @param category of an item */
    static Scored of(List<Answered> answers, Function<Item, String> category, Scorer scorer) throws IOException {
        var published = new ArrayList<Judged>();
        var bothOrders = new ArrayList<Judged>();
        for (Answered one : answers) {
            var review = one.review();
            if (review != null) {
                String of = category.apply(one.item());
                JudgeScore score = JudgeScore.parse(review.text());
                published.add(new Judged(one.item().id(), of, score));
                if (review.swapped() != null) {
                    JudgeScore other = JudgeScore.parse(review.swapped());
                    bothOrders.add(new Judged(one.item().id(), of, mean(score, other)));
                }
            }
        }
        if (published.isEmpty()) {
            return Scored.none("the judge's columns are not measured: no judge was given (-Djudge=URL)");
        }
        Scored scored = scored(published, scorer).noting(unread(published));
        return bothOrders.isEmpty()
                ? scored
                : scored.and(SWAPPED, scored(bothOrders, scorer)).noting(SWAPPED + unread(bothOrders));
    }

    /**
     * The judge's scores by the items' groups, and how much of their references' words the answers have.
     *
     * @param text of an answer, what of it the reference describes
     */
    static Scored withWords(List<Answered> answers, Function<Answered, @Nullable String> text, Scorer scorer)
            throws IOException {
        var words = CaptionFigures.of(
                answers, text, item -> item.truth().path("answer").asText(), scorer);
        return of(answers, Item::group, scorer).and("words, ", words);
    }

    private static Scored scored(List<Judged> judged, Scorer scorer) throws IOException {
        var input = JsonNodeFactory.instance.arrayNode();
        var items = new TreeMap<String, Map<String, Part>>();
        for (Judged one : judged) {
            input.addObject()
                    .put("category", one.category)
                    .putArray("tuple")
                    .add(one.score.reference())
                    .add(one.score.prediction());
            if (!one.score.failed()) {
                var part = new Part(100 * one.score.prediction(), one.score.reference());
                for (String figure : List.of(ALL, one.category)) {
                    items.computeIfAbsent(figure, name -> new LinkedHashMap<>()).put(one.id, part);
                }
            }
        }
        return Scored.of(scorer.score(new Field("reviews: ", input)), items);
    }

    /** In the other order the first score is the model's. */
    private static JudgeScore mean(JudgeScore score, JudgeScore other) {
        return score.failed() || other.failed()
                ? JudgeScore.FAILED
                : new JudgeScore(
                        (score.reference() + other.prediction()) / 2, (score.prediction() + other.reference()) / 2);
    }

    private static String unread(List<Judged> judged) {
        long failed = judged.stream().filter(one -> one.score.failed()).count();
        return "%d of %d reviews could not be read: -1 and -1 in paper mode, left out in strict mode"
                .formatted(failed, judged.size());
    }
}
