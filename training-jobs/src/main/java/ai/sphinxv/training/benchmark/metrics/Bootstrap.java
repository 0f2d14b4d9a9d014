package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Percentile bootstrap over what was sampled: images or items, not the regions in them, for regions of one image are
 * right and wrong together (metrics.md 8). The same seed gives the same interval.
 */
record Bootstrap(int resamples, long seed) {
    static final Bootstrap STANDARD = new Bootstrap(2000, 20_261_127);

    /**
     * @param items that were sampled
     * @param n what the figure is a mean of
     * @param statistic of the items at these indices, computed anew from them; NaN where they have nothing to measure
     */
    Estimate estimate(int items, int n, ToDoubleFunction<int[]> statistic) {
        double value = statistic.applyAsDouble(IntStream.range(0, items).toArray());
        double[] interval = interval(indices(items), statistic);
        return new Estimate(value, interval[0], interval[1], n);
    }

    /** Of a figure that is a sum over a sum, as a mean over regions is: one of each for every item. */
    Estimate ratio(double[] above, double[] below, int n) {
        return estimate(above.length, n, chosen -> sum(above, chosen) / sum(below, chosen));
    }

    /** Of a mean over items. */
    Estimate mean(double[] values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return ratio(values, ones, values.length);
    }

    /** @return the 2.5th and 97.5th percentile of the statistic over these resamples, NaN where it is always NaN */
    static double[] interval(Stream<int[]> resamples, ToDoubleFunction<int[]> statistic) {
        double[] sorted = resamples
                .mapToDouble(statistic)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new double[] {percentile(sorted, 0.025), percentile(sorted, 0.975)};
    }

    /** Between two values linearly, as numpy does by default (type 7). */
    static double percentile(double[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** bootstrap.json: data and resamples in, intervals out. */
    static ObjectNode score(Field input) {
        double[] x = input.get("x").numbers();
        double[] reference = input.get("refScores").numbers();
        double[] prediction = input.get("predScores").numbers();
        if (x.length == 0 || reference.length != x.length || prediction.length != x.length) {
            throw input.wrong("x, refScores and predScores of one length, at least 1");
        }
        List<int[]> resamples = input.get("resampleIndices").list().stream()
                .map(resample -> indices(resample, x.length))
                .toList();
        int[] all = IntStream.range(0, x.length).toArray();
        ToDoubleFunction<int[]> mean = chosen -> sum(x, chosen) / chosen.length;
        ToDoubleFunction<int[]> relative = chosen -> 100 * (sum(prediction, chosen) / sum(reference, chosen));

        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("mean", mean.applyAsDouble(all)).putPOJO("mean_ci95", interval(resamples.stream(), mean));
        json.put("relativeScore", relative.applyAsDouble(all));
        json.putPOJO("relativeScore_ci95", interval(resamples.stream(), relative));
        return json.put("meanStdErr", standardError(x));
    }

    /** Of the mean, by the sample's own spread. */
    static double standardError(double[] x) {
        double mean = Arrays.stream(x).sum() / x.length;
        double squares =
                Arrays.stream(x).map(one -> (one - mean) * (one - mean)).sum();
        return Math.sqrt(squares / (x.length - 1)) / Math.sqrt(x.length);
    }

    static double sum(double[] values, int[] chosen) {
        double sum = 0;
        for (int i : chosen) {
            sum += values[i];
        }
        return sum;
    }

    /** As many resamples of so many items; always the same. */
    Stream<int[]> indices(int items) {
        if (items == 0) {
            return Stream.empty();
        }
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        return Stream.generate(() -> random.ints(items, 0, items).toArray()).limit(resamples);
    }

    private static int[] indices(Field resample, int items) {
        return resample.list().stream()
                .mapToInt(index -> {
                    int item = index.integer();
                    if (item < 0 || item >= items) {
                        throw index.wrong("an index below %d".formatted(items));
                    }
                    return item;
                })
                .toArray();
    }
}
