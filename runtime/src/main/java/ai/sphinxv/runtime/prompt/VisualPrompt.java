package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.image.Extent;
import ai.sphinxv.runtime.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/**
 * One mark that a person drew on a picture. Coordinates are pixels of the picture as uploaded, x to the right and y
 * down, before any resizing.
 */
public sealed interface VisualPrompt {

    /** What it covers of that picture. */
    default Extent extent(RgbImage picture) {
        return switch (this) {
            case Point point -> Extent.around(point.x(), point.y(), picture);
            case Box box -> new Extent(box.x1(), box.y1(), box.x2(), box.y2());
            case Stroke stroke -> stroke.boundingBox().extent(picture);
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
         * The box around a polygon.
         *
         * @param corners three or more, in any order
         */
        public static Box around(List<Point> corners) {
            if (corners.size() < 3) {
                throw new InvalidPromptException("a polygon needs at least 3 corners, got " + corners.size());
            }
            return new Stroke(corners).boundingBox();
        }

        /**
         * The box around what a mask covers, from the first to the last column and row that has something: as the released
         * demo makes one of each layer that is drawn on (reference-model 8).
         *
         * @param mask [height * width] of the picture, row by row; what is not 0 is covered
         */
        public static Box around(byte[] mask, int width, int height) {
            if ((long) width * height != mask.length) {
                throw new InvalidPromptException("a mask of %dx%d pixels needs %d numbers, got %d"
                        .formatted(width, height, (long) width * height, mask.length));
            }
            var covered = new ArrayList<Point>();
            for (int y = 0; y < height; y++) {
                int left = 0;
                int right = width - 1;
                while (left < width && mask[y * width + left] == 0) {
                    left++;
                }
                while (right > left && mask[y * width + right] == 0) {
                    right--;
                }
                if (left < width) {
                    covered.add(new Point(left, y));
                    covered.add(new Point(right, y));
                }
            }
            if (covered.isEmpty()) {
                throw new InvalidPromptException("a mask covers at least one pixel, this one none");
            }
            Box box =
                    new Stroke(covered).boundingBox(); // of a single row or column it is widened, perhaps past the edge
            return new Box(Math.max(0, box.x1), Math.max(0, box.y1), Math.min(width, box.x2), Math.min(height, box.y2));
        }
    }

    /** A free-form line, scribble or outline. The model sees the box around it (paper 4, Inference). */
    record Stroke(List<Point> points) implements VisualPrompt {
        public Stroke {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new InvalidPromptException("a stroke needs at least one point, got none");
            }
        }

        /**
         * The box around the stroke. A stroke that is straight up, straight across or a single dot has no area; its box
         * is widened to one pixel, half of it on either side.
         */
        public Box boundingBox() {
            double x1 = points.stream().mapToDouble(Point::x).min().orElseThrow();
            double x2 = points.stream().mapToDouble(Point::x).max().orElseThrow();
            double y1 = points.stream().mapToDouble(Point::y).min().orElseThrow();
            double y2 = points.stream().mapToDouble(Point::y).max().orElseThrow();
            double growX = Math.max(0, 1 - (x2 - x1)) / 2;
            double growY = Math.max(0, 1 - (y2 - y1)) / 2;
            return new Box(x1 - growX, y1 - growY, x2 + growX, y2 + growY);
        }
    }

    private static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidPromptException("%s must be a finite number, got %s".formatted(name, value));
        }
    }
}
