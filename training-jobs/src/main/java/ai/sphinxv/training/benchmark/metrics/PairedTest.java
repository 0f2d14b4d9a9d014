package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two systems on the same items (metrics.md 8): the difference of their figures, with a paired bootstrap, which draws the
 * same items for both; and McNemar's exact test where every item is simply right or wrong.
 *
 * @param difference of the second to the first, negative where the second is lower
 * @param p two-sided: how often resamples contradict the sign of the difference, with one added to both counts, so never 0
 * @param mcnemar none where an item has more than one part or is partly right
 */
public record PairedTest(double first, double second, Estimate difference, double p, OptionalDouble mcnemar) {

    /** One item of both. */
    public record Pair(Part first, Part second) {}

    /** @param pairs at least one */
    public static PairedTest of(List<Pair> pairs) {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("two runs without a common item cannot be compared");
        }
        List<Part> first = pairs.stream().map(Pair::first).toList();
        List<Part> second = pairs.stream().map(Pair::second).toList();
        ToDoubleFunction<int[]> difference = chosen -> Part.figure(second, chosen) - Part.figure(first, chosen);
        Estimate estimate = Bootstrap.STANDARD.estimate(pairs.size(), pairs.size(), difference);
        int[] all = IntStream.range(0, pairs.size()).toArray();
        return new PairedTest(
                Part.figure(first, all),
                Part.figure(second, all),
                estimate,
                p(pairs.size(), difference),
                mcnemar(pairs));
    }

    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Estimate.put(json, "first", first);
        Estimate.put(json, "second", second);
        json.set("difference", difference.json());
        json.put("pPairedBootstrap", p);
        mcnemar.ifPresent(exact -> json.put("pMcNemarExact", exact));
        return json;
    }

    private static double p(int items, ToDoubleFunction<int[]> difference) {
        double[] differences = Bootstrap.STANDARD
                .indices(items)
                .mapToDouble(difference)
                .filter(one -> !Double.isNaN(one))
                .toArray();
        long notAbove = Arrays.stream(differences).filter(one -> one <= 0).count();
        long notBelow = Arrays.stream(differences).filter(one -> one >= 0).count();
        return Math.min(1, 2.0 * (1 + Math.min(notAbove, notBelow)) / (1 + differences.length));
    }

    private static OptionalDouble mcnemar(List<Pair> pairs) {
        int onlyFirst = 0;
        int onlySecond = 0;
        for (Pair pair : pairs) {
            if (!pair.first.isRightOrWrong() || !pair.second.isRightOrWrong()) {
                return OptionalDouble.empty();
            }
            onlyFirst += pair.first.above() > pair.second.above() ? 1 : 0;
            onlySecond += pair.second.above() > pair.first.above() ? 1 : 0;
        }
        return OptionalDouble.of(new McNemar(onlyFirst, onlySecond).p());
    }
}
