package ai.sphinxv.training.pages;

import ai.sphinxv.training.source.Region;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A region as the page has it.
 *
 * @param x left edge in pixels of the picture
 * @param y upper edge in pixels of the picture
 * @param attributes {@code name}, {@code state}, {@code value}, {@code color} where known
 * @param panel letter of the panel that it lies in
 */
record FoundRegion(
        String label,
        @Nullable String text,
        double x,
        double y,
        double width,
        double height,
        Map<String, String> attributes,
        @Nullable String panel) {

    static final String TEXT_LINE = Region.TEXT_LINE;

    /** From what regions.js says of it. */
    static FoundRegion of(JsonNode node, double scale) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : new String[] {"name", "state", "value"}) {
            if (node.path(name).isTextual()) {
                attributes.put(name, node.path(name).textValue());
            }
        }
        if (node.path("color").isTextual()) {
            ColorName.ofCss(node.path("color").textValue()).ifPresent(color -> attributes.put("color", color));
        }
        return new FoundRegion(
                node.path("label").textValue(),
                node.path("text").textValue(),
                scale * node.path("x").doubleValue(),
                scale * node.path("y").doubleValue(),
                scale * node.path("w").doubleValue(),
                scale * node.path("h").doubleValue(),
                attributes,
                null);
    }

    boolean isTextLine() {
        return label.equals(TEXT_LINE);
    }

    /** Where it lies when its picture is drawn so much smaller at x, y, in the panel of that letter. */
    FoundRegion in(String letter, double dx, double dy, double factor) {
        return new FoundRegion(
                label, text, dx + factor * x, dy + factor * y, factor * width, factor * height, attributes, letter);
    }
}
