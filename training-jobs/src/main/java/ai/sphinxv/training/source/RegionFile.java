package ai.sphinxv.training.source;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array of pictures with their regions, one file a domain: {@code image}, {@code domain}, {@code width},
 * {@code height}, {@code license}, and {@code regions} with {@code box} (x, y, width, height in pixels), {@code label},
 * and where known {@code text}, {@code attributes}, {@code panel}, {@code segment_id}.
 */
public final class RegionFile {
    private RegionFile() {}

    /** All of them in the file's order; a region whose box has no area inside its picture is left out. */
    public static List<LabelledImage> read(Path json) throws IOException {
        var images = new ArrayList<LabelledImage>();
        for (JsonNode entry : new ObjectMapper().readTree(json.toFile())) {
            images.add(image(json, entry));
        }
        return images;
    }

    private static LabelledImage image(Path json, JsonNode entry) {
        int width = entry.required("width").intValue();
        int height = entry.required("height").intValue();
        var regions = new ArrayList<Region>();
        for (JsonNode region : entry.required("regions")) {
            box(region.required("box"), width, height).ifPresent(box -> regions.add(region(region, box)));
        }
        String mask = text(entry, "mask");
        return new LabelledImage(
                json.resolveSibling(entry.required("image").textValue()),
                entry.required("domain").textValue(),
                width,
                height,
                text(entry, "split"),
                entry.path("license").asText(),
                mask == null ? null : json.resolveSibling(mask),
                regions);
    }

    private static Optional<Box> box(JsonNode box, int width, int height) {
        double x1 = Math.clamp(box.get(0).doubleValue(), 0, width);
        double y1 = Math.clamp(box.get(1).doubleValue(), 0, height);
        double x2 = Math.clamp(box.get(0).doubleValue() + box.get(2).doubleValue(), 0, width);
        double y2 = Math.clamp(box.get(1).doubleValue() + box.get(3).doubleValue(), 0, height);
        return x2 > x1 && y2 > y1 ? Optional.of(new Box(x1, y1, x2, y2)) : Optional.empty();
    }

    private static Region region(JsonNode region, Box box) {
        Map<String, String> attributes = new HashMap<>();
        region.path("attributes")
                .properties()
                .forEach(one -> attributes.put(one.getKey(), one.getValue().asText()));
        return new Region(
                box,
                region.required("label").textValue(),
                text(region, "text"),
                attributes,
                text(region, "panel"),
                region.path("segment_id").asInt(-1),
                region.path("ignore").asBoolean() || region.path("iscrowd").asInt() == 1);
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).textValue();
    }
}
