package ai.sphinxv.training.augment;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Marks drawn by a free hand: a loop around an object, or a scribble over it. */
public final class FreeForm {
    private static final int LOOP_POINTS = 24;
    private static final int SCRIBBLE_POINTS = 14;

    private FreeForm() {}

    /**
     * A stroke that means a box. The box around the stroke is near it: a loop is a little larger, a scribble somewhat
     * smaller. It never leaves the picture.
     *
     * @param width of the picture in pixels
     * @param height of the picture in pixels
     */
    public static Stroke around(Box box, int width, int height, RandomGenerator random) {
        var points = random.nextBoolean() ? loop(box, random) : scribble(box, random);
        return new Stroke(points.stream()
                .map(point -> new Point(Math.clamp(point.x(), 0, width), Math.clamp(point.y(), 0, height)))
                .toList());
    }

    /** An ellipse that nobody drew with a compass, 0 to 15 % larger than the box and not quite closed. */
    private static List<Point> loop(Box box, RandomGenerator random) {
        double size = 1 + 0.15 * random.nextDouble();
        double start = 2 * Math.PI * random.nextDouble();
        var points = new ArrayList<Point>();
        for (int i = 0; i < LOOP_POINTS; i++) {
            double angle = start + 2 * Math.PI * i / LOOP_POINTS;
            double radius = size * (1 + 0.04 * random.nextGaussian());
            points.add(at(box, radius * Math.cos(angle), radius * Math.sin(angle)));
        }
        return points;
    }

    /** A zigzag from one side to the other that covers 75 to 100 % of the box. */
    private static List<Point> scribble(Box box, RandomGenerator random) {
        double size = 0.75 + 0.25 * random.nextDouble();
        boolean upright = random.nextBoolean();
        var points = new ArrayList<Point>();
        for (int i = 0; i < SCRIBBLE_POINTS; i++) {
            double along = size * (2.0 * i / (SCRIBBLE_POINTS - 1) - 1);
            double across = (i % 2 == 0 ? -size : size) * (1 - 0.15 * random.nextDouble());
            points.add(upright ? at(box, across, along) : at(box, along, across));
        }
        return points;
    }

    /** From -1 to 1 across and down the box, to pixels. */
    private static Point at(Box box, double across, double down) {
        double x = (box.x1() + box.x2()) / 2 + across * (box.x2() - box.x1()) / 2;
        double y = (box.y1() + box.y2()) / 2 + down * (box.y2() - box.y1()) / 2;
        return new Point(x, y);
    }
}
