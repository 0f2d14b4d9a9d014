package ai.sphinxv.training.scenes;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import org.jspecify.annotations.Nullable;

/**
 * An object as it looks, before it has a place.
 *
 * @param picture premultiplied ARGB
 * @param shown where the object is meant: the opaque half of the picture, or all of a word's rectangle
 */
record Sprite(String label, @Nullable String text, @Nullable String color, BufferedImage picture, Shown shown) {

    /** Which pixels of a sprite count as the object. */
    sealed interface Shown {
        /** Those that are at least half opaque. */
        record Opaque() implements Shown {}

        /** All of a rectangle, in pixels of the sprite. */
        record Rectangle(int left, int top, int right, int bottom) implements Shown {}
    }

    /** An empty picture to draw a sprite on. */
    static BufferedImage blank(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
    }

    /** A smooth pen for a sprite's picture. */
    static Graphics2D pen(BufferedImage picture) {
        var pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        return pen;
    }

    int width() {
        return picture.getWidth();
    }

    int height() {
        return picture.getHeight();
    }

    /** [height * width] premultiplied ARGB, row by row; the picture's own, not a copy. */
    int[] pixels() {
        return ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    }

    /** Whether a pixel of the sprite shows the object. */
    boolean shows(int x, int y, int argb) {
        return switch (shown) {
            case Shown.Opaque _ -> argb >>> 24 >= 128;
            case Shown.Rectangle(int left, int top, int right, int bottom) ->
                x >= left && x < right && y >= top && y < bottom;
        };
    }
}
