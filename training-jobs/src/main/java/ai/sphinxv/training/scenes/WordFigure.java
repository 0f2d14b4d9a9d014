package ai.sphinxv.training.scenes;

import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.RoundRectangle2D;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A word, upright, on a plate or straight on the background.
 *
 * @param letters the word's outline, its top left corner at (margin, margin)
 * @param margin pixels between the letters and the figure's edge; a plate fills it
 */
record WordFigure(String word, Shape letters, int width, int height, int margin) implements Figure {
    static final String LABEL = "text";

    private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

    /** Letters are laid out at this size and scaled: outlines have no size of their own. */
    private static final float LAYOUT_POINTS = 100;

    private static final double PLATE_SHARE = 0.5;

    /**
     * A word in a font.
     *
     * @param capital height of a capital letter in pixels
     */
    static WordFigure of(String word, Font font, double capital) {
        var layout = font.deriveFont(LAYOUT_POINTS);
        double scale = capital / outline(layout, "H").getBounds2D().getHeight();
        var outline = outline(layout, word);
        var bounds = outline.getBounds2D();
        int margin = 2 + (int) Math.round(capital / 5);
        var placed = AffineTransform.getTranslateInstance(margin, margin);
        placed.scale(scale, scale);
        placed.translate(-bounds.getX(), -bounds.getY());
        return new WordFigure(
                word,
                placed.createTransformedShape(outline),
                (int) Math.ceil(bounds.getWidth() * scale) + 2 * margin,
                (int) Math.ceil(bounds.getHeight() * scale) + 2 * margin,
                margin);
    }

    /** Nothing hides a part of a word: with a letter gone it would be another word. */
    @Override
    public double overlap() {
        return 0;
    }

    @Override
    public Sprite paint(Patch behind, RandomGenerator random) {
        var picture = Sprite.blank(width, height);
        var pen = Sprite.pen(picture);
        @Nullable SceneColor ink = random.nextDouble() < PLATE_SHARE ? null : behind.readableColor(random);
        if (ink == null) {
            var plate = SceneColor.values()[random.nextInt(SceneColor.values().length)];
            pen.setColor(new Color(plate.shade(random)));
            double corner = random.nextBoolean() ? 0 : height * 0.5 * random.nextDouble();
            pen.fill(new RoundRectangle2D.Double(0, 0, width, height, corner, corner));
            ink = readableOn(plate, random);
        }
        pen.setColor(new Color(ink.shade(random)));
        pen.fill(letters);
        pen.dispose();
        var rectangle = new Sprite.Shown.Rectangle(margin, margin, width - margin, height - margin);
        return new Sprite(LABEL, word, null, picture, rectangle);
    }

    private static SceneColor readableOn(SceneColor plate, RandomGenerator random) {
        var readable = Stream.of(SceneColor.values())
                .filter(color -> Patch.readable(color.rgb(), plate.rgb()))
                .toList();
        return readable.get(random.nextInt(readable.size()));
    }

    private static Shape outline(Font font, String text) {
        return font.createGlyphVector(SMOOTH, text).getOutline();
    }
}
