package ai.sphinxv.training.scenes;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** The shapes that have a name, each drawn in the square from (-1, -1) to (1, 1). */
enum ShapeKind {
    CIRCLE(new Ellipse2D.Double(-1, -1, 2, 2)),
    SQUARE(new Rectangle2D.Double(-1, -1, 2, 2)),
    TRIANGLE(polygon(0, -1, 1, 0.85, -1, 0.85)),
    STAR(star()),
    HEART(heart()),
    DIAMOND(polygon(0, -1, 0.68, 0, 0, 1, -0.68, 0)),
    CROSS(cross()),
    RING(ring());

    private final Shape outline;

    ShapeKind(Shape outline) {
        this.outline = outline;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outline after a transform. */
    Shape outline(AffineTransform transform) {
        return transform.createTransformedShape(outline);
    }

    private static Shape polygon(double... xy) {
        var path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }

    private static Shape star() {
        var xy = new double[20];
        for (int i = 0; i < 10; i++) {
            double angle = Math.PI * (i / 5.0 - 0.5);
            double radius = i % 2 == 0 ? 1 : 0.42;
            xy[2 * i] = radius * Math.cos(angle);
            xy[2 * i + 1] = radius * Math.sin(angle);
        }
        return polygon(xy);
    }

    private static Shape heart() {
        var path = new Path2D.Double();
        path.moveTo(0, 0.95);
        path.curveTo(-0.55, 0.45, -1, 0.1, -1, -0.4);
        path.curveTo(-1, -1.05, -0.2, -1.1, 0, -0.45);
        path.curveTo(0.2, -1.1, 1, -1.05, 1, -0.4);
        path.curveTo(1, 0.1, 0.55, 0.45, 0, 0.95);
        path.closePath();
        return path;
    }

    private static Shape cross() {
        var area = new Area(new Rectangle2D.Double(-1, -0.32, 2, 0.64));
        area.add(new Area(new Rectangle2D.Double(-0.32, -1, 0.64, 2)));
        return area;
    }

    private static Shape ring() {
        var area = new Area(new Ellipse2D.Double(-1, -1, 2, 2));
        area.subtract(new Area(new Ellipse2D.Double(-0.58, -0.58, 1.16, 1.16)));
        return area;
    }
}
