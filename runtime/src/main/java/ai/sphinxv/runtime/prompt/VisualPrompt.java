package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.image.Extent;
import ai.sphinxv.runtime.image.RgbImage;
import java.util.List;

/**
 * One mark that a person drew on a picture. Coordinates are pixels of the picture as uploaded, x to the right and y
 * down, before any resizing.
 */
public sealed interface VisualPrompt permits VisualPrompt.Point, VisualPrompt.Box, FreeForm {

    /** What it covers of that picture. */
    default Extent extent(RgbImage picture) {
        return switch (this) {
            case Point point -> Extent.around(point.x(), point.y(), picture);
            case Box box -> new Extent(box.x1(), box.y1(), box.x2(), box.y2());
            case FreeForm form -> form.boundingBox().extent(picture);
        };
    }

    /** How the words name it as the question's mark of that number, from 1: {@code <Mark 1>} is a point. */
    default String tag(int number) {
        return (this instanceof Point ? "<Mark %d>" : "<Region %d>").formatted(number);
    }

    /** A single place. */
    record Point(double x, double y) implements VisualPrompt {
        public Point {
            requireFinite("x", x);
            requireFinite("y", y);
        }
    }

    /** A rectangle given by its left, top, right and bottom edges. */
    record Box(double x1, double y1, double x2, double y2) implements VisualPrompt {
        public Box {
            requireFinite("x1", x1);
            requireFinite("y1", y1);
            requireFinite("x2", x2);
            requireFinite("y2", y2);
            if (x2 <= x1 || y2 <= y1) {
                throw new InvalidPromptException(
                        "a box needs x1 < x2 and y1 < y2, got (%s, %s, %s, %s)".formatted(x1, y1, x2, y2));
            }
        }

        /** In square pixels. */
        public double area() {
            return (x2 - x1) * (y2 - y1);
        }

        /**
         * The box around some places, of which there is at least one. If they lie straight above, straight beside or upon
         * each other it would have no area; it is widened to one pixel then, half of it on either side.
         */
        static Box around(List<Point> places) {
            double x1 = places.stream().mapToDouble(Point::x).min().orElseThrow();
            double x2 = places.stream().mapToDouble(Point::x).max().orElseThrow();
            double y1 = places.stream().mapToDouble(Point::y).min().orElseThrow();
            double y2 = places.stream().mapToDouble(Point::y).max().orElseThrow();
            double growX = Math.max(0, 1 - (x2 - x1)) / 2;
            double growY = Math.max(0, 1 - (y2 - y1)) / 2;
            return new Box(x1 - growX, y1 - growY, x2 + growX, y2 + growY);
        }
    }

    /** A line, scribble or outline drawn by hand. */
    record Stroke(List<Point> points) implements FreeForm {
        public Stroke {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new InvalidPromptException("a stroke needs at least one point, got none");
            }
        }

        @Override
        public Box boundingBox() {
            return Box.around(points);
        }
    }

    private static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidPromptException("%s must be a finite number, got %s".formatted(name, value));
        }
    }
}
