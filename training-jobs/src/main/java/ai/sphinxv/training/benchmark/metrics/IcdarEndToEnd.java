package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
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
        for (Task task : Task.values()) {
            report(task, task.score(truths, predictions, json.putObject(task.name)), report);
        }
        return report.into(json);
    }

    /** What is asked of a word: which words count, in what form, and what reads them. */
    private enum Task {
        END_TO_END("endToEnd", UnaryOperator.identity(), WordMatch::endToEnd),
        WORD_SPOTTING("wordSpotting", WordMatch::dictionaryForm, WordMatch::spotted);

        private final String name;
        private final UnaryOperator<String> form;
        private final BiPredicate<String, String> reads;

        Task(String name, UnaryOperator<String> form, BiPredicate<String, String> reads) {
            this.name = name;
            this.form = form;
            this.reads = reads;
        }

        List<Image> score(Map<String, Field> truths, Map<String, Field> predictions, ObjectNode json) {
            var images = new ArrayList<Image>();
            ObjectNode method = json.putObject("method");
            ObjectNode samples = json.putObject("perSample");
            truths.forEach((name, truth) -> {
                List<Word> words = words(truth, form);
                Field prediction = predictions.get(name);
                List<Word> detections =
                        prediction == null ? List.of() : detections(words(prediction, UnaryOperator.identity()), words);
                Image image = match(words, detections, reads);
                images.add(image);
                image.rates().into(samples.putObject(name)).set("pairs", image.pairs);
            });
            rates(images, IntStream.range(0, images.size()).toArray())
                    .into(method)
                    .put("AP", 0);
            return images;
        }
    }

    private static void report(Task task, List<Image> images, BothModes report) {
        int words = images.stream().mapToInt(Image::words).sum();
        int detections = images.stream().mapToInt(Image::detections).sum();
        report.both(task.name + ".precision", estimate(images, detections, Rates::precision));
        report.both(task.name + ".recall", estimate(images, words, Rates::recall));
        report.both(task.name + ".hmean", estimate(images, words, Rates::hmean));
    }

    private static Estimate estimate(List<Image> images, int n, ToDoubleFunction<Rates> rate) {
        return Bootstrap.STANDARD.estimate(images.size(), n, chosen -> rate.applyAsDouble(rates(images, chosen)));
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
