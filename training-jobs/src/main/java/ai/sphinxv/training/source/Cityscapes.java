package ai.sphinxv.training.source;

import ai.sphinxv.training.source.AnnotatedPicture.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cityscapes' fine polygons, a folder with files *_gtFine_polygons.json: imgWidth, imgHeight, objects with label and polygon.
 * Later objects hide earlier ones, so polygons give boxes only; points come from the label maps ({@link SemanticMaps}).
 */
final class Cityscapes {
    private static final String ENDING = "_gtFine_polygons.json";
    private static final Set<String> NOTHING =
            Set.of("ego vehicle", "out of roi", "rectification border", "static", "dynamic");

    private Cityscapes() {}

    static void read(Path folder, Intake intake) throws IOException {
        for (Path file : FolderFiles.of(folder, ENDING)) {
            JsonNode json = JsonRecords.JSON.readTree(file.toFile());
            String name = String.valueOf(folder.relativize(file));
            String stem = name.substring(0, name.length() - ENDING.length());
            var parts = new ArrayList<Part>();
            for (JsonNode object : json.path("objects")) {
                intake.read(1);
                String label = object.path("label").asText();
                if (NOTHING.contains(label) || label.endsWith("group")) {
                    intake.drop("its source says not to count it", 1);
                } else {
                    parts.add(Part.of(box(object.path("polygon")), label));
                }
            }
            intake.accept(Dataset.CITYSCAPES.picture(
                    stem,
                    stem + "_leftImg8bit.png",
                    json.path("imgWidth").asInt(),
                    json.path("imgHeight").asInt(),
                    parts,
                    List.of(),
                    List.of()));
        }
    }

    private static double[] box(JsonNode polygon) {
        double[] corners = new double[2 * polygon.size()];
        for (int i = 0; i < polygon.size(); i++) {
            corners[2 * i] = polygon.get(i).path(0).asDouble(Double.NaN);
            corners[2 * i + 1] = polygon.get(i).path(1).asDouble(Double.NaN);
        }
        return corners.length == 0 ? new double[4] : Numbers.around(corners);
    }
}
