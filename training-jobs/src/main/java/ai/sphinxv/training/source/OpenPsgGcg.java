package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Caption;
import ai.sphinxv.training.source.AnnotatedPicture.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Grounded conversations over OpenPSG as GLaMM has them, a list: {@code file_name}, {@code caption} and {@code groundings}, by
 * phrase its {@code token_positives} in the caption and {@code rle_masks} in COCO's form, which say how large the picture is.
 */
final class OpenPsgGcg {
    private OpenPsgGcg() {}

    static void read(Path file, Intake intake) throws IOException {
        JsonRecords.read(file, entry -> {
            List<Map.Entry<String, JsonNode>> phrases =
                    new ArrayList<>(entry.path("groundings").properties());
            phrases.sort(Comparator.comparingInt(
                    phrase -> phrase.getValue().path("token_positives").path(0).asInt()));
            JsonNode size = size(phrases);
            int height = size.path(0).asInt();
            int width = size.path(1).asInt();
            var parts = new ArrayList<Part>();
            var named = new ArrayList<Integer>();
            intake.read(1);
            for (var phrase : phrases) {
                for (JsonNode mask : phrase.getValue().path("rle_masks")) {
                    intake.read(1);
                    Outline outline = Outline.read(mask, width, height);
                    named.add(parts.size());
                    parts.add(new Part(
                            outline == null ? new double[4] : outline.box(width, height),
                            phrase.getKey(),
                            null,
                            List.of(),
                            outline));
                }
            }
            String image = entry.path("file_name").asText();
            Dataset gcg = Dataset.OPENPSG_GCG;
            String caption = entry.path("caption").asText().strip().replaceAll("^\"|\"$", "");
            intake.accept(new AnnotatedPicture(
                    gcg.word(),
                    image,
                    image,
                    gcg.domain(),
                    width,
                    height,
                    gcg.licence(),
                    parts,
                    List.of(new Caption(caption, named)),
                    List.of(),
                    List.of()));
        });
    }

    private static JsonNode size(List<Map.Entry<String, JsonNode>> phrases) {
        return phrases.stream()
                .map(phrase -> phrase.getValue().path("rle_masks").path(0).path("size"))
                .filter(JsonNode::isArray)
                .findFirst()
                .orElse(JsonRecords.JSON.missingNode());
    }
}
