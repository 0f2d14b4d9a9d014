package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.Polygon;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One mark as it comes over the wire; exactly one of its forms is there. */
@Schema(
        description =
                "One mark on the picture, in pixels of the picture as uploaded, in exactly one of these forms. All"
                        + " but points are regions: the model sees the box around them.")
public record MarkRequest(
        @Schema(description = "x, y", examples = "[412, 260]") @Nullable
        List<@Nullable Double> point,

        @Schema(description = "left, top, right, bottom", examples = "[58, 40, 300, 310]") @Nullable
        List<@Nullable Double> box,

        @Schema(description = "x, y of each place that the line passes", examples = "[[70, 90], [110, 95], [140, 130]]")
        @Nullable
        List<@Nullable List<@Nullable Double>> stroke,

        @Schema(
                description = "x, y of each corner; edges do not cross",
                examples = "[[70, 90], [110, 95], [140, 130], [60, 120]]")
        @Nullable
        List<@Nullable List<@Nullable Double>> polygon,

        @Schema(
                description = "Several polygons that are one region; one within another is a hole",
                examples = "[[[10, 10], [90, 10], [90, 90], [10, 90]], [[30, 30], [60, 30], [60, 60]]]")
        @Nullable
        List<@Nullable List<@Nullable List<@Nullable Double>>> polygons,

        @Schema(
                description =
                        "Pixels of the picture: COCO's runs, or a PNG of the picture's size as a data URL, in which"
                                + " all that is not black is covered",
                oneOf = {String.class, MaskRequest.Runs.class})
        @Nullable
        MaskRequest mask) {

    private static final String FORMS = "point, box, stroke, polygon, polygons and mask";

    static MarkRequest ofPoint(List<@Nullable Double> point) {
        return new MarkRequest(point, null, null, null, null, null);
    }

    static MarkRequest ofBox(List<@Nullable Double> box) {
        return new MarkRequest(null, box, null, null, null, null);
    }

    /**
     * The mark as the runtime knows it, as soon as its picture is known.
     *
     * @param mark null where the request has a null
     * @param number 1 for the first mark of the request
     * @throws InvalidPromptException if it is no mark; the message names it by its number
     */
    static Function<RgbImage, VisualPrompt> toPrompt(
            @Nullable MarkRequest mark, int number, SphinxConfig.Limits limits) {
        if (mark == null) {
            throw new InvalidPromptException("mark %d needs exactly one of %s, got null".formatted(number, FORMS));
        }
        List<String> forms = mark.forms();
        if (forms.size() != 1) {
            throw new InvalidPromptException("mark %d needs exactly one of %s, got %s"
                    .formatted(number, FORMS, forms.isEmpty() ? "none" : String.join(" and ", forms)));
        }
        var prompt = named(number, () -> mark.read(limits));
        return picture -> named(number, () -> prompt.apply(picture));
    }

    private static <T> T named(int number, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidPromptException e) {
            throw new InvalidPromptException("mark %d: %s".formatted(number, e.getMessage()));
        }
    }

    private List<String> forms() {
        var forms = new LinkedHashMap<String, @Nullable Object>();
        forms.put("point", point);
        forms.put("box", box);
        forms.put("stroke", stroke);
        forms.put("polygon", polygon);
        forms.put("polygons", polygons);
        forms.put("mask", mask);
        forms.values().removeIf(Objects::isNull);
        return List.copyOf(forms.keySet());
    }

    private Function<RgbImage, ? extends VisualPrompt> read(SphinxConfig.Limits limits) {
        if (mask != null) {
            return mask.mask(limits);
        }
        VisualPrompt prompt = drawn(limits);
        return picture -> prompt;
    }

    private VisualPrompt drawn(SphinxConfig.Limits limits) {
        if (point != null) {
            return point("point", point);
        }
        if (box != null) {
            double[] edges = numbers("box", box, "[x1, y1, x2, y2]", 4);
            return new Box(edges[0], edges[1], edges[2], edges[3]);
        }
        if (stroke != null) {
            return stroke(stroke, limits.strokePoints());
        }
        return polygon == null ? polygons(limits.polygonCorners()) : polygon(List.of(polygon), limits.polygonCorners());
    }

    private Polygon polygons(int maxCorners) {
        return polygon(polygons == null ? List.of() : polygons, maxCorners);
    }

    private static Polygon polygon(
            List<? extends @Nullable List<@Nullable List<@Nullable Double>>> rings, int maxCorners) {
        long corners =
                rings.stream().mapToLong(ring -> ring == null ? 0 : ring.size()).sum();
        if (corners > maxCorners) {
            throw new InvalidPromptException("a polygon has at most %d corners, got %d".formatted(maxCorners, corners));
        }
        var read = new ArrayList<List<Point>>();
        for (List<@Nullable List<@Nullable Double>> ring : rings) {
            int number = read.size() + 1;
            if (ring == null) {
                throw new InvalidPromptException("ring %d of a polygon is null".formatted(number));
            }
            read.add(points("ring %d, corner".formatted(number), ring));
        }
        return new Polygon(read);
    }

    private static Stroke stroke(List<@Nullable List<@Nullable Double>> places, int maxPoints) {
        if (places.size() > maxPoints) {
            throw new InvalidPromptException(
                    "a stroke has at most %d points, got %d".formatted(maxPoints, places.size()));
        }
        return new Stroke(points("stroke point", places));
    }

    private static List<Point> points(String what, List<@Nullable List<@Nullable Double>> places) {
        var points = new ArrayList<Point>();
        for (List<@Nullable Double> place : places) {
            points.add(point("%s %d".formatted(what, points.size() + 1), place));
        }
        return points;
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
