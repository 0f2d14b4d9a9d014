package ai.sphinxv.training.benchmark.task;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import ai.sphinxv.training.benchmark.metrics.Field;
import java.util.List;

/** Marks as published annotations have them (reference-model 3.5). */
final class AnnotatedMarks {
    /** Slots of the published model, which drops further marks without a word. */
    private static final int MOST = 10;

    private AnnotatedMarks() {}

    /** Of {@code bbox} or {@code points}, 1 to 10 of them, in pixels. */
    static List<VisualPrompt> of(Field annotation) {
        boolean boxes = annotation.has("bbox");
        Field list = annotation.get(boxes ? "bbox" : "points");
        List<Field> marks = list.list();
        if (marks.isEmpty() || marks.size() > MOST) {
            throw list.wrong("a list of 1 to %d marks".formatted(MOST));
        }
        return marks.stream()
                .map(mark -> boxes ? (VisualPrompt) cornerAndSize(mark) : point(mark))
                .toList();
    }

    /** x, y, width, height. A box without width or height, which some annotations have, is widened to one pixel. */
    static Box cornerAndSize(Field box) {
        double[] edges = numbers(box, 4);
        if (edges[2] < 0 || edges[3] < 0) {
            throw box.wrong("a box of x, y, width and height, none of the two below 0,");
        }
        return between(edges[0], edges[1], edges[0] + edges[2], edges[1] + edges[3]);
    }

    /** Left, top, right, bottom, as parts of a picture of that size. */
    static Box corners(Field box, double width, double height) {
        double[] edges = numbers(box, 4);
        if (edges[2] < edges[0] || edges[3] < edges[1]) {
            throw box.wrong("a box of left, top, right and bottom");
        }
        return between(edges[0] * width, edges[1] * height, edges[2] * width, edges[3] * height);
    }

    /** Left, top, right, bottom in pixels, and a detector's score, which is not looked at. */
    static Box cornersAndScore(Field box) {
        double[] edges = numbers(box, 5);
        if (edges[2] < edges[0] || edges[3] < edges[1]) {
            throw box.wrong("a box of left, top, right, bottom and score");
        }
        return between(edges[0], edges[1], edges[2], edges[3]);
    }

    static Point point(Field point) {
        double[] xy = numbers(point, 2);
        return new Point(xy[0], xy[1]);
    }

    private static Box between(double x1, double y1, double x2, double y2) {
        return new Stroke(List.of(new Point(x1, y1), new Point(x2, y2))).boundingBox();
    }

    private static double[] numbers(Field field, int count) {
        return field.list(count).stream().mapToDouble(Field::number).toArray();
    }
}
