package ai.sphinxv.training.scenes;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;

/**
 * How something turned is moved to the origin and scaled to a size.
 *
 * @param transform from the thing as it is to its place
 * @param width pixels that it takes there
 * @param height pixels that it takes there
 */
record Fit(AffineTransform transform, int width, int height) {

    /**
     * Fits what has these bounds once it is turned.
     *
     * @param side pixels of its longer side
     */
    static Fit of(AffineTransform turned, Rectangle2D bounds, double side) {
        double scale = side / Math.max(bounds.getWidth(), bounds.getHeight());
        var placed = AffineTransform.getScaleInstance(scale, scale);
        placed.translate(-bounds.getX(), -bounds.getY());
        placed.concatenate(turned);
        return new Fit(placed, (int) Math.ceil(bounds.getWidth() * scale), (int) Math.ceil(bounds.getHeight() * scale));
    }
}
