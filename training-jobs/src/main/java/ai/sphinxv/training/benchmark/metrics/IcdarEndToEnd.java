package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * ICDAR end-to-end reading and word spotting, as the official script of the Robust Reading Competition has them (metrics.md
 * 3.2). It drops nothing, so {@code paper} and {@code strict} are the same.
 */
final class IcdarEndToEnd {
    private static final String DO_NOT_CARE = "###";
    private static final double OVERLAP = 0.5;

    private IcdarEndToEnd() {}

    /** A word of an image; one without text is not cared for. */
    private record Word(Quadrangle outline, String text, boolean cared) {}

    /** One image: what counts of each side, and how many words were found and read. */
    private record Image(int words, int detections, int right, ArrayNode pairs) {
        Rates rates() {
            double precision = words == 0 && detections == 0 ? 1 : share(right, detections);
            return new Rates(precision, words == 0 ? 1 : share(right, words));
        }
    }

    /** Precision and recall, 0 to 1. */
    private record Rates(double precision, double recall) {
        double hmean() {
            return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        }

        ObjectNode into(ObjectNode json) {
            return json.put("precision", precision).put("recall", recall).put("hmean", hmean());
        }
    }

    /** {gt: {image: [{points, text}]}, pred: the same} in, both tasks out. An image that pred lacks has no detections. */
    static ObjectNode score(Field input) {
        Map<String, Field> predictions = input.get("pred").parts();
        Map<String, Field> truths = input.get("gt").parts();
        for (Map.Entry<String, Field> prediction : predictions.entrySet()) {
            if (!truths.containsKey(prediction.getKey())) {
                throw prediction.getValue().wrong("an image that \"gt\" has too");
            }
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var report = new BothModes();
        task("endToEnd", truths, predictions, UnaryOperator.identity(), WordMatch::endToEnd, json, report);
        task("wordSpotting", truths, predictions, WordMatch::dictionaryForm, WordMatch::spotted, json, report);
        return report.into(json);
    }

    private static void task(
            String name,
            Map<String, Field> truths,
            Map<String, Field> predictions,
            UnaryOperator<String> form,
            BiPredicate<String, String> reads,
            ObjectNode json,
            BothModes report) {
        var images = new ArrayList<Image>();
        ObjectNode task = json.putObject(name);
        ObjectNode method = task.putObject("method");
        ObjectNode samples = task.putObject("perSample");
        truths.forEach((image, truth) -> {
            List<Word> words = words(truth, form);
            List<Word> detections = predictions.containsKey(image)
                    ? detections(words(predictions.get(image), UnaryOperator.identity()), words)
                    : List.of();
            Image matched = match(words, detections, reads);
            images.add(matched);
            matched.rates().into(samples.putObject(image)).set("pairs", matched.pairs);
        });
        int[] all = IntStream.range(0, images.size()).toArray();
        rates(images, all).into(method).put("AP", 0);
        int words = images.stream().mapToInt(Image::words).sum();
        int detections = images.stream().mapToInt(Image::detections).sum();
        report.both(
                name + ".precision",
                Bootstrap.STANDARD.estimate(
                        all.length, detections, chosen -> rates(images, chosen).precision()));
        report.both(
                name + ".recall",
                Bootstrap.STANDARD.estimate(
                        all.length, words, chosen -> rates(images, chosen).recall()));
        report.both(
                name + ".hmean",
                Bootstrap.STANDARD.estimate(
                        all.length, words, chosen -> rates(images, chosen).hmean()));
    }

    private static List<Word> words(Field list, UnaryOperator<String> form) {
        var words = new ArrayList<Word>();
        for (Field word : list.list()) {
            String text = word.get("text").text();
            String formed = text.equals(DO_NOT_CARE) ? "" : form.apply(text);
            words.add(new Word(Quadrangle.read(word.get("points")), formed, !formed.isEmpty()));
        }
        return words;
    }

    /** A detection that lies mostly on something nobody cares for does not count either. */
    private static List<Word> detections(List<Word> detections, List<Word> truth) {
        return detections.stream()
                .map(one -> new Word(
                        one.outline,
                        one.text,
                        truth.stream().noneMatch(word -> !word.cared && within(one.outline, word.outline) > OVERLAP)))
                .toList();
    }

    private static double within(Quadrangle inner, Quadrangle outer) {
        double area = inner.area();
        return area == 0 ? 0 : inner.intersection(outer) / area;
    }

    /** Each word takes the first free detection on it, and keeps it though it reads wrong. */
    private static Image match(List<Word> words, List<Word> detections, BiPredicate<String, String> reads) {
        ArrayNode pairs = JsonNodeFactory.instance.arrayNode();
        boolean[] taken = new boolean[detections.size()];
        int right = 0;
        for (int i = 0; i < words.size(); i++) {
            int found = words.get(i).cared ? firstOn(words.get(i), detections, taken) : -1;
            if (found >= 0) {
                taken[found] = true;
                boolean correct = reads.test(upper(words.get(i).text), upper(detections.get(found).text));
                right += correct ? 1 : 0;
                pairs.addObject().put("gt", i).put("det", found).put("correct", correct);
            }
        }
        return new Image(cared(words), cared(detections), right, pairs);
    }

    private static int firstOn(Word word, List<Word> detections, boolean[] taken) {
        for (int i = 0; i < detections.size(); i++) {
            Word one = detections.get(i);
            if (!taken[i] && one.cared && word.outline.overlap(one.outline) > OVERLAP) {
                return i;
            }
        }
        return -1;
    }

    private static int cared(List<Word> words) {
        return (int) words.stream().filter(Word::cared).count();
    }

    private static Rates rates(List<Image> images, int[] chosen) {
        int words = 0;
        int detections = 0;
        int right = 0;
        for (int i : chosen) {
            words += images.get(i).words;
            detections += images.get(i).detections;
            right += images.get(i).right;
        }
        return new Rates(share(right, detections), share(right, words));
    }

    private static double share(int right, int of) {
        return of == 0 ? 0 : (double) right / of;
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }
}
