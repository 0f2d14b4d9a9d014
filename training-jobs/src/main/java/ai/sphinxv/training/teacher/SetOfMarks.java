package ai.sphinxv.training.teacher;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.Mask;
import ai.sphinxv.runtime.prompt.Polygon;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Marks drawn over a picture, for models that see nothing but pixels (paper 3.2 and C.2, Set-of-Marks): a point and a box
 * are green, an outline is red, and a white number on black says which is which. What lies in no box and no outline is
 * darkened.
 *
 * <p>The same picture and marks give the same pixels on every machine: no font is used, since an answer is found again by
 * what was sent.
 */
public final class SetOfMarks {
    private static final Color BOX = new Color(0, 255, 0);
    private static final Color OUTLINE = new Color(255, 0, 0);

    /** How much is taken from what is not marked. */
    private static final Color SHADE = new Color(0, 0, 0, 80);

    /** Of a line, as a share of the picture's longer side. */
    private static final double LINE = 1 / 300.0;

    /** Of a digit's dot, as a share of the picture's longer side: a digit is 7 dots high. */
    private static final double DOT = 1 / 300.0;

    private final BufferedImage picture;
    private final int line;
    private final int dot;
    private final List<Rectangle> labels = new ArrayList<>();

    private SetOfMarks(BufferedImage picture) {
        int longer = Math.max(picture.getWidth(), picture.getHeight());
        this.picture = picture;
        this.line = Math.max(2, (int) Math.round(longer * LINE));
        this.dot = Math.max(2, (int) Math.round(longer * DOT));
    }

    /** What is drawn of a mark. */
    private record Mark(Shape shape, Color colour, boolean isPoint) {}

    /**
     * The picture with these marks, numbered from 1 in their order.
     *
     * @param marks in pixels of the picture; what lies outside it is not seen
     */
    public static RgbImage draw(RgbImage image, List<VisualPrompt> marks) {
        var drawn = new SetOfMarks(buffered(image));
        return drawn.draw(marks.stream().map(drawn::mark).toList());
    }

    /**
     * The picture with these parts of it outlined in red, numbered from 1 in their order.
     *
     * @param outlines of each part its polygons: x, y, x, y ... in pixels; a place in an odd number of them belongs to it
     */
    public static RgbImage outline(RgbImage image, List<List<double[]>> outlines) {
        return new SetOfMarks(buffered(image))
                .draw(outlines.stream()
                        .map(polygons -> new Mark(polygons(polygons), OUTLINE, false))
                        .toList());
    }

    private RgbImage draw(List<Mark> marks) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        shade(graphics, marks);
        graphics.setStroke(new BasicStroke(line, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (Mark mark : marks) {
            graphics.setColor(mark.colour());
            if (mark.isPoint()) {
                graphics.fill(mark.shape());
            } else {
                graphics.draw(mark.shape());
            }
        }
        for (int i = 0; i < marks.size(); i++) {
            number(graphics, marks.get(i).shape(), i + 1);
        }
        graphics.dispose();
        return rgb(picture);
    }

    private void shade(Graphics2D graphics, List<Mark> marks) {
        var dark = new Area(new Rectangle(picture.getWidth(), picture.getHeight()));
        for (Mark mark : marks) {
            if (!mark.isPoint()) {
                dark.subtract(new Area(mark.shape()));
            }
        }
        graphics.setColor(SHADE);
        graphics.fill(dark);
    }

    private Mark mark(VisualPrompt mark) {
        return switch (mark) {
            case Point point ->
                new Mark(
                        new Ellipse2D.Double(point.x() - 2 * line, point.y() - 2 * line, 4 * line, 4 * line),
                        BOX,
                        true);
            case Box box ->
                new Mark(
                        new Rectangle2D.Double(box.x1(), box.y1(), box.x2() - box.x1(), box.y2() - box.y1()),
                        BOX,
                        false);
            case Stroke stroke -> new Mark(outline(List.of(stroke.points())), OUTLINE, false);
            case Polygon polygon -> new Mark(outline(polygon.rings()), OUTLINE, false);
            case Mask mask -> mark(mask.boundingBox());
        };
    }

    private static Shape outline(List<List<Point>> rings) {
        var path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        for (List<Point> ring : rings) {
            path.moveTo(ring.getFirst().x(), ring.getFirst().y());
            ring.forEach(point -> path.lineTo(point.x(), point.y()));
            path.closePath();
        }
        return path;
    }

    private static Shape polygons(List<double[]> polygons) {
        var path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        for (double[] polygon : polygons) {
            path.moveTo(polygon[0], polygon[1]);
            for (int i = 2; i < polygon.length; i += 2) {
                path.lineTo(polygon[i], polygon[i + 1]);
            }
            path.closePath();
        }
        return path;
    }

    private void number(Graphics2D graphics, Shape mark, int number) {
        Rectangle place = place(mark, Digits.width(number) * dot + 2 * dot, (Digits.HEIGHT + 2) * dot);
        labels.add(place);
        graphics.setColor(Color.BLACK);
        graphics.fill(place);
        graphics.setColor(Color.WHITE);
        for (var at : Digits.dots(number)) {
            graphics.fillRect(place.x + dot * (1 + at.x), place.y + dot * (1 + at.y), dot, dot);
        }
    }

    /** Of the corners of the mark, inside it and out, the first where no other number is, and inside the picture. */
    private Rectangle place(Shape mark, int width, int height) {
        Rectangle2D around = mark.getBounds2D();
        double[][] corners = {
            {around.getMinX(), around.getMinY() - height},
            {around.getMaxX(), around.getMinY() - height},
            {around.getMinX() - width, around.getMinY()},
            {around.getMaxX(), around.getMaxY() - height},
            {around.getMinX(), around.getMaxY()},
            {around.getMaxX() - width, around.getMinY()},
            {around.getMaxX() - width, around.getMaxY() - height},
            {around.getMinX(), around.getMinY()},
        };
        Rectangle first = inside(corners[0], width, height);
        for (double[] corner : corners) {
            Rectangle place = inside(corner, width, height);
            if (labels.stream().noneMatch(place::intersects)) {
                return place;
            }
        }
        return first;
    }

    private Rectangle inside(double[] corner, int width, int height) {
        int x = (int) Math.clamp(corner[0], 0, Math.max(0, picture.getWidth() - width));
        int y = (int) Math.clamp(corner[1], 0, Math.max(0, picture.getHeight() - height));
        return new Rectangle(x, y, width, height);
    }

    /** The same pixels for Java's own drawing and files. */
    static BufferedImage buffered(RgbImage image) {
        var pixels = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        byte[] rgb = image.rgb();
        int[] row = new int[image.width()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                int at = 3 * (y * row.length + x);
                row[x] = (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | rgb[at + 2] & 0xff;
            }
            pixels.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return pixels;
    }

    private static RgbImage rgb(BufferedImage pixels) {
        int width = pixels.getWidth();
        int[] all = pixels.getRGB(0, 0, width, pixels.getHeight(), null, 0, width);
        byte[] rgb = new byte[3 * all.length];
        for (int i = 0; i < all.length; i++) {
            rgb[3 * i] = (byte) (all[i] >> 16);
            rgb[3 * i + 1] = (byte) (all[i] >> 8);
            rgb[3 * i + 2] = (byte) all[i];
        }
        return new RgbImage(width, pixels.getHeight(), rgb);
    }
}
