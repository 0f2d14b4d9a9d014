package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The relative score of a GPT-judged benchmark (metrics.md 6.3): the model's mean over the reference answer's, in
 * percent, for each category and all together. {@code paper} has reviews that could not be read as -1, as published;
 * {@code strict} leaves them out and says how many, for what failed there is the judge and not the model.
 */
final class JudgeReviews {
    private static final String ALL = "all";

    private JudgeReviews() {}

    private record Review(String category, JudgeScore score) {}

    /** A list of {category, tuple: [reference, prediction]}, or with the review's text in place of the tuple. */
    static ObjectNode score(Field input) {
        List<Review> reviews = input.list().stream().map(JudgeReviews::review).toList();
        List<Review> read =
                reviews.stream().filter(review -> !review.score.failed()).toList();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        write(reviews, 1, json.putObject("ferretOrLlava_1dec"));
        write(reviews, 2, json.putObject("dnuOrOsprey_2dec"));
        write(read, 1, json.putObject("excludingParseFailures_1dec"));
        json.put("parseFailures", reviews.size() - read.size()).put("n", reviews.size());
        var report = new BothModes();
        categories(reviews).forEach((name, some) -> report.paper(name, relative(some)));
        categories(read).forEach((name, some) -> report.strict(name, relative(some)));
        return report.into(json);
    }

    private static Review review(Field item) {
        String category = item.get("category").text();
        if (item.has("review")) {
            return new Review(category, JudgeScore.parse(item.get("review").text()));
        }
        List<Field> scores = item.get("tuple").list(2);
        return new Review(
                category, new JudgeScore(scores.get(0).number(), scores.get(1).number()));
    }

    private static void write(List<Review> reviews, int decimals, ObjectNode json) {
        categories(reviews).forEach((name, some) -> {
            double reference = round(mean(some, JudgeScore::reference), 3);
            double prediction = round(mean(some, JudgeScore::prediction), 3);
            json.putObject(name)
                    .put("ratio", round(prediction / reference * 100, decimals))
                    .put("meanRef", reference)
                    .put("meanPred", prediction)
                    .put("x10Ref", round(reference * 10, 1))
                    .put("x10Pred", round(prediction * 10, 1));
        });
    }

    /** All first, then by name. */
    private static Map<String, List<Review>> categories(List<Review> reviews) {
        var categories = new TreeMap<String, List<Review>>();
        for (Review review : reviews) {
            categories
                    .computeIfAbsent(review.category, name -> new ArrayList<>())
                    .add(review);
        }
        var all = new LinkedHashMap<String, List<Review>>();
        all.put(ALL, reviews);
        all.putAll(categories);
        return all;
    }

    private static Estimate relative(List<Review> reviews) {
        double[] predictions = reviews.stream()
                .mapToDouble(review -> 100 * review.score.prediction())
                .toArray();
        double[] references =
                reviews.stream().mapToDouble(review -> review.score.reference()).toArray();
        return Bootstrap.STANDARD.ratio(predictions, references, reviews.size());
    }

    private static double mean(List<Review> reviews, ToDoubleFunction<JudgeScore> side) {
        double sum = 0;
        for (Review review : reviews) {
            sum += side.applyAsDouble(review.score);
        }
        return sum / reviews.size();
    }

    /** As Python rounds: by the exact value of the double, halves to even. NaN stays. */
    static double round(double value, int decimals) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .setScale(decimals, RoundingMode.HALF_EVEN)
                        .doubleValue()
                : value;
    }
}
