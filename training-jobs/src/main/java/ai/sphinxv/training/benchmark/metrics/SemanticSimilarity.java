package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How near two names are: the cosine of their sentence embeddings (SS) and the overlap of their words (S-IoU), by
 * metrics.md 1.1.
 */
final class SemanticSimilarity {
    private final Function<String, float[]> embedding;
    private final Map<String, float[]> known = new HashMap<>();

    /** @param embedding of a text, of any length but 0; the published figures are of all-MiniLM-L6-v2 */
    SemanticSimilarity(Function<String, float[]> embedding) {
        this.embedding = embedding;
    }

    /** SS, -1 to 1. */
    double cosine(String one, String other) {
        return cosine(known.computeIfAbsent(one, embedding), known.computeIfAbsent(other, embedding));
    }

    static double cosine(float[] one, float[] other) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
            first += (double) one[i] * one[i];
            second += (double) other[i] * other[i];
        }
        return product / Math.sqrt(first * second);
    }

    /** S-IoU, 0 to 1: words as they stand between spaces, brackets and dots included; 0 where neither has a word. */
    static double wordOverlap(String one, String other) {
        Set<String> first = words(one);
        Set<String> common = words(other);
        int both = first.size() + common.size();
        common.retainAll(first);
        int union = both - common.size();
        return union == 0 ? 0 : (double) common.size() / union;
    }

    /** What Osprey does to a prediction, and Draw-and-Understand does not. */
    static String ospreyClean(String prediction) {
        String name = PythonText.strip(prediction);
        if (name.contains(":")) {
            name = name.split(":", -1)[1];
        }
        return name.replace('.', ' ').replace(':', ' ').replace(',', ' ');
    }

    /** A category of LVIS or PACO as it is compared: "jar:rim" is "jar rim". */
    static String category(String name) {
        return name.replace('_', ' ').replace(':', ' ');
    }

    /** ss-pairs.json: pairs of a prediction and a name in, their similarities out. A missing prediction counts 0. */
    ObjectNode score(Field input) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var pairs = json.putArray("pairs");
        List<Field> all = input.get("pairs").list();
        double[][] scores = new double[4][all.size()];
        double[] given = new double[all.size()];
        for (int i = 0; i < all.size(); i++) {
            String name = all.get(i).get("b").text();
            String prediction = all.get(i).find("a").map(Field::text).orElse(null);
            if (prediction == null) {
                pairs.addObject().putNull("a").put("b", name);
                continue;
            }
            String clean = ospreyClean(prediction);
            given[i] = 1;
            scores[0][i] = cosine(prediction, name);
            scores[1][i] = wordOverlap(prediction, name);
            scores[2][i] = cosine(clean, name);
            scores[3][i] = wordOverlap(clean, name);
            pairs.addObject()
                    .put("a", prediction)
                    .put("b", name)
                    .put("cos", scores[0][i])
                    .put("iou", scores[1][i])
                    .put("ospreyCleanA", clean)
                    .put("ospreyCos", scores[2][i])
                    .put("ospreyIou", scores[3][i]);
        }
        return report(scores, given).into(json);
    }

    private static BothModes report(double[][] scores, double[] given) {
        String[] figures = {"semanticSimilarity", "semanticIoU", "ospreySemanticSimilarity", "ospreySemanticIoU"};
        int n = (int) Arrays.stream(given).sum();
        var report = new BothModes();
        for (int i = 0; i < figures.length; i++) {
            report.paper(figures[i], Bootstrap.STANDARD.ratio(scores[i], given, n));
            report.strict(figures[i], Bootstrap.STANDARD.mean(scores[i]));
        }
        return report;
    }

    private static Set<String> words(String text) {
        return new HashSet<>(PythonText.split(PythonText.lower(text)));
    }
}
