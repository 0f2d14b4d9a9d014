package ai.sphinxv.training.benchmark.metrics;

import ai.sphinxv.training.data.EditDistance;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Regional OCR on COCO-Text, as Draw-and-Understand's OCR_eval.py has it (metrics.md 3.1): of all regions those that are
 * read exactly but for case. {@code paper} is over the items whose answer has as many readings as the annotation, for
 * the published script ends at any other; {@code strict} is over all regions, a missing reading being wrong, and a last
 * line counts though it has no line break.
 */
final class RegionOcr {
    private RegionOcr() {}

    /**
     * One item: its regions, of them the right ones, and in strict mode also those right but for space around, and the
     * sum of 1 - normalised edit distance.
     */
    private record Item(int regions, boolean aligned, int right, int strict, int trimmed, double nearness) {}

    /** {items: [{answer, annotation}]} in, accuracy and readings out. A null answer has no readings. */
    static ObjectNode score(Field input) {
        var items = new ArrayList<Item>();
        ArrayNode readings = JsonNodeFactory.instance.arrayNode();
        for (Field item : input.get("items").list()) {
            String answer = item.find("answer").map(Field::text).orElse("");
            List<String> annotated =
                    RegionLines.annotated(item.get("annotation").text());
            items.add(item(answer, annotated, readings));
        }
        int match = items.stream().mapToInt(Item::right).sum();
        int sum = items.stream().filter(Item::aligned).mapToInt(Item::regions).sum();
        int regions = items.stream().mapToInt(Item::regions).sum();
        double[] aligned = each(items, item -> item.aligned ? item.regions : 0);
        double[] all = each(items, Item::regions);
        Estimate paper = Bootstrap.STANDARD.ratio(each(items, Item::right), aligned, sum);

        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Estimate.put(json, "accuracyAligned", paper.value());
        json.put("match", match).put("sum", sum).set("items", readings);
        return new BothModes()
                .paper("accuracy", paper)
                .strict("accuracy", Bootstrap.STANDARD.ratio(each(items, Item::strict), all, regions))
                .strict("accuracyTrimmed", Bootstrap.STANDARD.ratio(each(items, Item::trimmed), all, regions))
                .strict("oneMinusNed", Bootstrap.STANDARD.ratio(each(items, Item::nearness), all, regions))
                .into(json);
    }

    private static Item item(String answer, List<String> annotated, ArrayNode written) {
        List<String> read = RegionLines.readings(answer);
        boolean aligned = read.size() == annotated.size();
        var hits = new ArrayList<Boolean>();
        for (int i = 0; aligned && i < read.size(); i++) {
            hits.add(same(read.get(i), annotated.get(i)));
        }
        written.addObject()
                .putPOJO("pred", read)
                .putPOJO("gt", annotated)
                .put("aligned", aligned)
                .putPOJO("hits", hits);
        return strict(answer, annotated, aligned, (int)
                hits.stream().filter(hit -> hit).count());
    }

    private static Item strict(String answer, List<String> annotated, boolean aligned, int right) {
        List<String> read = RegionLines.readings(answer.endsWith("\n") ? answer : answer + "\n");
        int exact = 0;
        int trimmed = 0;
        double nearness = 0;
        for (int i = 0; i < Math.min(read.size(), annotated.size()); i++) {
            String one = read.get(i);
            String other = annotated.get(i);
            exact += same(one, other) ? 1 : 0;
            trimmed += same(PythonText.strip(one), PythonText.strip(other)) ? 1 : 0;
            nearness += nearness(PythonText.lower(one), PythonText.lower(other));
        }
        return new Item(annotated.size(), aligned, right, exact, trimmed, nearness);
    }

    private static boolean same(String one, String other) {
        return PythonText.lower(one).equals(PythonText.lower(other));
    }

    /** 1 - Levenshtein distance / length of the longer, in code points; 1 of two empty texts. */
    static double nearness(String one, String other) {
        int[] first = one.codePoints().toArray();
        int[] second = other.codePoints().toArray();
        int longer = Math.max(first.length, second.length);
        return longer == 0 ? 1 : 1 - (double) EditDistance.of(first, second) / longer;
    }

    private static double[] each(List<Item> items, ToDoubleFunction<Item> part) {
        return items.stream().mapToDouble(part).toArray();
    }
}
