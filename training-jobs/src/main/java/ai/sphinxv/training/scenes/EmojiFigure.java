package ai.sphinxv.training.scenes;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An emoji, turned and sized; its colours are its own. */
record EmojiFigure(Emoji emoji, BufferedImage level, AffineTransform transform, int width, int height)
        implements Figure {
    /** Radians. */
    private static final double TURN = Math.toRadians(20);

    /** How much darker one may be. */
    private static final double DARKEST = 0.78;

    /** How much of one may look like what lies behind it, 0 to 1. */
    private static final double LOST = 0.4;

    /** An emoji, slightly turned, whose longer side is so many pixels. */
    static EmojiFigure of(Emoji emoji, double side, RandomGenerator random) {
        var level = emoji.level(side);
        var turned = AffineTransform.getRotateInstance((2 * random.nextDouble() - 1) * TURN);
        var frame = new Rectangle2D.Double(0, 0, level.getWidth(), level.getHeight());
        var bounds = turned.createTransformedShape(frame).getBounds2D();
        var fit = Fit.of(turned, bounds, side);
        return new EmojiFigure(emoji, level, fit.transform(), fit.width(), fit.height());
    }

    @Override
    public @Nullable Sprite paint(Patch behind, RandomGenerator random) {
        var picture = Sprite.blank(width, height);
        var pen = Sprite.pen(picture);
        pen.drawImage(level, transform, null);
        pen.dispose();
        var sprite = new Sprite(emoji.name(), null, null, picture, new Sprite.Shown.Opaque());
        darken(sprite.pixels(), DARKEST + (1 - DARKEST) * random.nextDouble());
        return behind.shareLost(sprite.pixels()) > LOST ? null : sprite;
    }

    private static void darken(int[] argb, double factor) {
        int scale = (int) Math.round(factor * 256);
        for (int i = 0; i < argb.length; i++) {
            int pixel = argb[i];
            int red = ((pixel >> 16 & 255) * scale) >> 8;
            int green = ((pixel >> 8 & 255) * scale) >> 8;
            int blue = ((pixel & 255) * scale) >> 8;
            argb[i] = pixel & 0xFF000000 | red << 16 | green << 8 | blue;
        }
    }
}
