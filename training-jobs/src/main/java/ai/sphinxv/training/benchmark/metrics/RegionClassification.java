package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Referring object classification on LVIS and PACO, as Draw-and-Understand's ROC_eval.py has it (metrics.md 1.3): mean SS
 * and S-IoU of regions. The published script does not count regions that the answer left out ({@code paper}, in the file
 * "dnu"); {@code strict} counts them 0.
 */
final class RegionClassification {
    private final SemanticSimilarity similarity;

    RegionClassification(SemanticSimilarity similarity) {
        this.similarity = similarity;
    }

    /** Of one image, which is what is resampled. Surplus are names that no region has. */
    private record Sums(double cosine, double overlap, int scored, int regions, int surplus) {
        Sums plus(Sums other) {
            return new Sums(
                    cosine + other.cosine,
                    overlap + other.overlap,
                    scored + other.scored,
                    regions + other.regions,
                    surplus + other.surplus);
        }
    }

    /** A list of {image_name, prediction, answer} in, the answer being the annotation; figures and regions out. */
    ObjectNode score(Field input) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        var images = new LinkedHashMap<String, Sums>();
        for (Field item : input.list()) {
            List<String> predictions = item.find("prediction")
                    .map(Field::text)
                    .map(RegionLines::names)
                    .orElse(List.of());
            List<String> categories = RegionLines.names(item.get("answer").text());
            images.merge(item.get("image_name").text(), sums(predictions, categories, items), Sums::plus);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        BothModes report = report(images.values(), json);
        json.set("items", items);
        return report.into(json);
    }

    private Sums sums(List<String> predictions, List<String> categories, ArrayNode items) {
        int both = Math.min(predictions.size(), categories.size());
        var sums = new Sums(0, 0, 0, categories.size(), predictions.size() - both);
        for (int i = 0; i < both; i++) {
            String prediction = predictions.get(i);
            String category = SemanticSimilarity.category(categories.get(i));
            double cosine = similarity.cosine(prediction, category);
            double overlap = SemanticSimilarity.wordOverlap(prediction, category);
            sums = sums.plus(new Sums(cosine, overlap, 1, 0, 0));
            items.addObject()
                    .put("prediction", prediction)
                    .put("category", category)
                    .put("cos", cosine)
                    .put("iou", overlap);
        }
        return sums;
    }

    private static BothModes report(Collection<Sums> images, ObjectNode json) {
        Sums all = images.stream().reduce(new Sums(0, 0, 0, 0, 0), Sums::plus);
        double[] cosines = each(images, Sums::cosine);
        double[] overlaps = each(images, Sums::overlap);
        double[] scored = each(images, Sums::scored);
        double[] regions = each(images, Sums::regions);
        Estimate paperSs = Bootstrap.STANDARD.ratio(cosines, scored, all.scored);
        Estimate paperIou = Bootstrap.STANDARD.ratio(overlaps, scored, all.scored);
        Estimate strictSs = Bootstrap.STANDARD.ratio(cosines, regions, all.regions);
        Estimate strictIou = Bootstrap.STANDARD.ratio(overlaps, regions, all.regions);
        write(json.putObject("dnu"), paperSs, paperIou)
                .put("numScored", all.scored)
                .put("numRegionsGT", all.regions)
                .put("predictionsTooMany", all.surplus); // at the first of them the published script ends with an error
        write(json.putObject("strict"), strictSs, strictIou).put("note", "missing predictions count as 0");
        return new BothModes()
                .paper("semanticSimilarity", paperSs)
                .paper("semanticIoU", paperIou)
                .strict("semanticSimilarity", strictSs)
                .strict("semanticIoU", strictIou);
    }

    private static ObjectNode write(ObjectNode json, Estimate similarity, Estimate overlap) {
        Estimate.put(json, "semanticSimilarity", similarity.value());
        Estimate.put(json, "semanticIoU", overlap.value());
        return json;
    }

    private static double[] each(Collection<Sums> images, ToDoubleFunction<Sums> part) {
        return images.stream().mapToDouble(part).toArray();
    }
}
