package ai.sphinxv.training.benchmark.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * CIDEr as pycocoevalcap has it, which is what others call CIDEr-D (metrics.md 2.4): runs of words weighed by how rare
 * they are among the items' references. So a caption's score depends on the whole corpus: gather, then score; never
 * average shards. Perfect is 10 where all have four words or more; of a corpus of one item all is 0.
 */
final class Cider {
    private static final double SIGMA = 6;
    private static final double SCALE = 10;

    private final Map<List<String>, Integer> items = new HashMap<>();
    private final double logOfItems;

    /** @param references for each item of the corpus */
    Cider(List<List<NGrams>> references) {
        for (List<NGrams> some : references) {
            var runs = new HashSet<List<String>>();
            some.forEach(reference -> reference.counts().forEach(counts -> runs.addAll(counts.keySet())));
            runs.forEach(run -> items.merge(run, 1, Integer::sum));
        }
        logOfItems = Math.log(references.size());
    }

    /**
     * A caption's weights.
     *
     * @param byLength [4] weights of runs of 1 to 4 words
     * @param norms [4]
     * @param pairs how many runs of two words there are: what the published code takes for the length
     */
    private record Weights(List<Map<List<String>, Double>> byLength, double[] norms, int pairs) {}

    /** 0 to 10. */
    double score(NGrams caption, List<NGrams> references) {
        Weights weights = weights(caption);
        double sum = 0;
        for (NGrams reference : references) {
            sum += similarity(weights, weights(reference));
        }
        return sum / references.size() * SCALE;
    }

    private double similarity(Weights caption, Weights reference) {
        double apart = caption.pairs - reference.pairs;
        double penalty = Math.exp(-apart * apart / (2 * SIGMA * SIGMA));
        double sum = 0;
        for (int i = 0; i < NGrams.LONGEST; i++) {
            double common = common(caption.byLength.get(i), reference.byLength.get(i));
            double norms = caption.norms[i] * reference.norms[i];
            sum += (norms == 0 ? common : common / norms) * penalty;
        }
        return sum / NGrams.LONGEST;
    }

    /** A run that the caption says more often than the reference counts as often as there. */
    private static double common(Map<List<String>, Double> caption, Map<List<String>, Double> reference) {
        double common = 0;
        for (Map.Entry<List<String>, Double> run : caption.entrySet()) {
            double other = reference.getOrDefault(run.getKey(), 0.0);
            common += Math.min(run.getValue(), other) * other;
        }
        return common;
    }

    private Weights weights(NGrams caption) {
        var byLength = new ArrayList<Map<List<String>, Double>>();
        double[] norms = new double[NGrams.LONGEST];
        for (int i = 0; i < NGrams.LONGEST; i++) {
            var weights = new HashMap<List<String>, Double>();
            double squares = 0;
            for (Map.Entry<List<String>, Integer> run : caption.counts().get(i).entrySet()) {
                double rarity = logOfItems - Math.log(Math.max(1, items.getOrDefault(run.getKey(), 0)));
                double weight = run.getValue() * rarity;
                weights.put(run.getKey(), weight);
                squares += weight * weight;
            }
            byLength.add(weights);
            norms[i] = Math.sqrt(squares);
        }
        return new Weights(byLength, norms, caption.total(2));
    }
}
