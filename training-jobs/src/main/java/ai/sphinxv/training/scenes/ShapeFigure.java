package ai.sphinxv.training.scenes;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A shape in one of the named colours. */
record ShapeFigure(ShapeKind kind, Shape outline, int width, int height) implements Figure {
    /** Radians; a square turned further would be a diamond. */
    private static final double TURN = Math.toRadians(14);

    /** Stretch of one side against the other. */
    private static final double STRETCH = 0.08;

    /** A shape, slightly turned and stretched, whose longer side is so many pixels. */
    static ShapeFigure of(ShapeKind kind, double side, RandomGenerator random) {
        var turned = new AffineTransform();
        turned.rotate((2 * random.nextDouble() - 1) * TURN);
        turned.scale(1, 1 + (2 * random.nextDouble() - 1) * STRETCH);
        var bounds = kind.outline(turned).getBounds2D();
        var fit = Fit.of(turned, bounds, side);
        return new ShapeFigure(kind, kind.outline(fit.transform()), fit.width(), fit.height());
    }

    @Override
    public @Nullable Sprite paint(Patch behind, RandomGenerator random) {
        SceneColor color = behind.clearColor(random);
        if (color == null) {
            return null;
        }
        var picture = Sprite.blank(width, height);
        var pen = Sprite.pen(picture);
        pen.setColor(new Color(color.shade(random)));
        pen.fill(outline);
        pen.dispose();
        return new Sprite(kind.word(), null, color.word(), picture, new Sprite.Shown.Opaque());
    }
}
