package ai.sphinxv.functions.ask;

import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One mark as it comes over the wire; exactly one of its three forms is there. */
@Schema(description = "One mark on the picture, in pixels of the picture as uploaded: a point, a box or a stroke.")
public record MarkRequest(
        @Schema(description = "x, y", examples = "[412, 260]") @Nullable
        List<@Nullable Double> point,

        @Schema(description = "left, top, right, bottom", examples = "[58, 40, 300, 310]") @Nullable
        List<@Nullable Double> box,

        @Schema(description = "x, y of each place that the line passes", examples = "[[70, 90], [110, 95], [140, 130]]")
        @Nullable
        List<@Nullable List<@Nullable Double>> stroke) {

    /**
     * The mark as the runtime knows it.
     *
     * @param number 1 for the first mark of the request
     * @throws InvalidPromptException if it is no mark; the message names it by its number
     */
    VisualPrompt toPrompt(int number, int maxStrokePoints) {
        String name = "mark " + number;
        var forms = new ArrayList<String>();
        if (point != null) {
            forms.add("point");
        }
        if (box != null) {
            forms.add("box");
        }
        if (stroke != null) {
            forms.add("stroke");
        }
        if (forms.size() != 1) {
            throw new InvalidPromptException("%s needs exactly one of point, box and stroke, got %s"
                    .formatted(name, forms.isEmpty() ? "none" : String.join(" and ", forms)));
        }
        try {
            if (point != null) {
                return point("point", point);
            }
            if (box != null) {
                double[] edges = numbers("box", box, "[x1, y1, x2, y2]", 4);
                return new Box(edges[0], edges[1], edges[2], edges[3]);
            }
            return stroke(stroke == null ? List.of() : stroke, maxStrokePoints);
        } catch (InvalidPromptException e) {
            throw new InvalidPromptException(name + ": " + e.getMessage());
        }
    }

    private static Stroke stroke(List<@Nullable List<@Nullable Double>> places, int maxPoints) {
        if (places.size() > maxPoints) {
            throw new InvalidPromptException(
                    "a stroke has at most %d points, got %d".formatted(maxPoints, places.size()));
        }
        var points = new ArrayList<Point>();
        for (List<@Nullable Double> place : places) {
            points.add(point("stroke point %d".formatted(points.size() + 1), place));
        }
        return new Stroke(points);
    }

    private static Point point(String what, @Nullable List<@Nullable Double> place) {
        double[] xy = numbers(what, place, "[x, y]", 2);
        return new Point(xy[0], xy[1]);
    }

    private static double[] numbers(String what, @Nullable List<@Nullable Double> values, String form, int count) {
        if (values == null || values.size() != count) {
            throw new InvalidPromptException("%s needs %d numbers %s, got %s"
                    .formatted(what, count, form, values == null ? "null" : values.size()));
        }
        var numbers = new double[count];
        for (int i = 0; i < count; i++) {
            Double value = values.get(i);
            if (value == null) {
                throw new InvalidPromptException("%s needs %d numbers %s, got a null".formatted(what, count, form));
            }
            numbers[i] = value;
        }
        return numbers;
    }
}
