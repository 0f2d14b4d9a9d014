package ai.sphinxv.training.benchmark.metrics;

import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.List;

/**
 * A word's outline: four corners in whole pixels, clockwise as it is seen, y down.
 *
 * @param x [4]
 * @param y [4]
 */
record Quadrangle(int[] x, int[] y) {
    private static final int CORNERS = 4;

    /** @throws IllegalArgumentException if it goes round the other way, which the official script does not take either */
    static Quadrangle read(Field points) {
        List<Field> corners = points.list(CORNERS);
        var read = new Quadrangle(new int[CORNERS], new int[CORNERS]);
        for (int i = 0; i < CORNERS; i++) {
            List<Field> corner = corners.get(i).list(2);
            read.x[i] = corner.get(0).integer();
            read.y[i] = corner.get(1).integer();
        }
        if (read.turns() < 0) {
            throw points.wrong("corners in clockwise order");
        }
        return read;
    }

    /** Square pixels, at least 0 for a simple outline. */
    double area() {
        return area(outline());
    }

    double intersection(Quadrangle other) {
        Area common = outline();
        common.intersect(other.outline());
        return area(common);
    }

    /** Intersection over union; 0 of two outlines without area. */
    double overlap(Quadrangle other) {
        double common = intersection(other);
        double union = area() + other.area() - common;
        return union == 0 ? 0 : common / union;
    }

    private Area outline() {
        var path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        path.moveTo(x[0], y[0]);
        for (int i = 1; i < CORNERS; i++) {
            path.lineTo(x[i], y[i]);
        }
        path.closePath();
        return new Area(path);
    }

    /** Twice the signed area, above 0 where the corners go clockwise. */
    private double turns() {
        double twice = 0;
        for (int i = 0; i < CORNERS; i++) {
            int next = (i + 1) % CORNERS;
            twice += (double) x[i] * y[next] - (double) x[next] * y[i];
        }
        return twice;
    }

    private static double area(Area area) {
        double twice = 0;
        double[] at = new double[6];
        double[] start = new double[2];
        double[] last = new double[2];
        for (PathIterator lines = area.getPathIterator(null); !lines.isDone(); lines.next()) {
            switch (lines.currentSegment(at)) {
                case PathIterator.SEG_MOVETO -> System.arraycopy(at, 0, start, 0, 2);
                case PathIterator.SEG_CLOSE -> twice += last[0] * start[1] - start[0] * last[1];
                default -> twice += last[0] * at[1] - at[0] * last[1];
            }
            System.arraycopy(at, 0, last, 0, 2);
        }
        return Math.abs(twice) / 2;
    }
}
