package ai.sphinxv.training.scenes;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture of Noto Color Emoji by its CLDR short name.
 *
 * @param levels the picture without its empty margin, then at a half and a quarter of its size: drawing from the level
 *     next above the wanted size keeps small ones smooth
 */
record Emoji(String name, List<BufferedImage> levels) {
    static Emoji of(String name, BufferedImage picture) {
        var whole = trimmed(picture);
        var half = halved(whole);
        return new Emoji(name, List.of(whole, half, halved(half)));
    }

    /** The smallest level whose longer side is at least so many pixels, or the largest there is. */
    BufferedImage level(double side) {
        var fit = levels.getFirst();
        for (BufferedImage level : levels) {
            if (longerSide(level) >= side) {
                fit = level;
            }
        }
        return fit;
    }

    static int longerSide(BufferedImage picture) {
        return Math.max(picture.getWidth(), picture.getHeight());
    }

    private static BufferedImage trimmed(BufferedImage picture) {
        int left = picture.getWidth();
        int top = picture.getHeight();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (picture.getRGB(x, y) >>> 24 >= 128) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return drawn(picture.getSubimage(left, top, right - left, bottom - top), right - left, bottom - top);
    }

    private static BufferedImage halved(BufferedImage picture) {
        return drawn(picture, Math.max(1, picture.getWidth() / 2), Math.max(1, picture.getHeight() / 2));
    }

    private static BufferedImage drawn(BufferedImage picture, int width, int height) {
        var copy = Sprite.blank(width, height);
        var pen = copy.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(picture, 0, 0, width, height, null);
        pen.dispose();
        return copy;
    }
}
