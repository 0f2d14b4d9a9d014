package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * How far the text goes that a hand-drawn mark means. A scribble over a line covers three quarters of it or more, and what
 * it leaves out at either end would not be read: letters that are cut are finished, and words that end close by are taken
 * in. A loop goes around a line, and so around what stands beside it: an item's number, the next column. Where nothing
 * blank is near, as on a photograph, a mark is what it is.
 */
public final class InkExtent {
    /** A scribble may grow by this share of its width at each end, and of its height. */
    private static final double REACH = 0.2;

    /** So many line heights without ink are a word's end. */
    private static final double WORD_GAP = 0.12;

    /** So many are the end of all that belongs together: justified lines have gaps of nearly as many. */
    private static final double END_GAP = 0.6;

    /** Of a loop's width, where at each end something else may stand. */
    private static final double LOOSE = 0.08;

    /** So many heights of a loop, which is higher than its line, are between that line and something else. */
    private static final double LOOP_GAP = 0.5;

    /** Of a loop's height, what at top and bottom may show the lines above and below. */
    private static final double OTHER_LINES = 0.17;

    /** Of its bounding box, what a loop encloses at least: an ellipse 0.79, a zigzag hardly anything. */
    private static final double ENCLOSED = 0.5;

    /** Of the darkest to the brightest under the mark, what a line of pixels must span to have ink. */
    private static final double CONTRAST = 0.3;

    /** Levels of 255 below which there is no text that anybody could read. */
    private static final int LEAST_CONTRAST = 24;

    private final RgbImage picture;
    private final Box box;
    private final int x1;
    private final int y1;
    private final int x2;
    private final int y2;
    private final int contrast;

    private InkExtent(RgbImage picture, Box box) {
        this.picture = picture;
        this.box = box;
        this.x1 = Math.clamp((int) box.x1(), 0, picture.width() - 1);
        this.y1 = Math.clamp((int) box.y1(), 0, picture.height() - 1);
        this.x2 = Math.clamp((int) Math.ceil(box.x2()) - 1, x1, picture.width() - 1);
        this.y2 = Math.clamp((int) Math.ceil(box.y2()) - 1, y1, picture.height() - 1);
        this.contrast = span(x1, y1, x2, y2);
    }

    /**
     * The box around the text that a stroke means.
     *
     * @param stroke in pixels of the picture; the part outside is not looked at
     */
    public static Box of(RgbImage picture, Stroke stroke) {
        var extent = new InkExtent(picture, stroke.boundingBox());
        if (extent.contrast < LEAST_CONTRAST) {
            return extent.box;
        }
        return isLoop(stroke) ? extent.inside() : extent.around();
    }

    /** Whether it encloses what it means, its ends being joined, and does not cross it out. */
    private static boolean isLoop(Stroke stroke) {
        List<Point> points = stroke.points();
        double twice = 0;
        Point from = points.getLast();
        for (Point to : points) {
            twice += from.x() * to.y() - to.x() * from.y();
            from = to;
        }
        Box box = stroke.boundingBox();
        return Math.abs(twice) / 2 > ENCLOSED * (box.x2() - box.x1()) * (box.y2() - box.y1());
    }

    /** The box without what stands apart at its left and right end. */
    private Box inside() {
        int height = y2 - y1 + 1;
        int others = (int) Math.round(OTHER_LINES * height);
        int gap = Math.max(2, (int) Math.round(LOOP_GAP * height));
        int width = x2 - x1 + 1;
        int left = apart(step -> inColumn(x1 + step, y1 + others, y2 - others), width, gap);
        int right = apart(step -> inColumn(x2 - step, y1 + others, y2 - others), width, gap);
        return new Box(left > 0 ? x1 + left - 1 : box.x1(), box.y1(), right > 0 ? x2 - right + 2 : box.x2(), box.y2());
    }

    /**
     * Steps from an edge inwards to the first ink after the last gap that begins in reach; 0 where there is none.
     *
     * @param ink whether there is some so many steps away
     */
    private static int apart(IntPredicate ink, int width, int gap) {
        int reach = (int) (LOOSE * width);
        int apart = 0;
        int blank = 0;
        for (int step = 0; step <= reach || blank > 0 && step < width / 2; step++) {
            if (!ink.test(step)) {
                blank++;
                continue;
            }
            if (blank >= gap) {
                apart = step;
            }
            blank = 0;
        }
        return apart;
    }

    /** The box, grown to where the text ends that it covers. */
    private Box around() {
        int up = (int) Math.ceil(REACH * (y2 - y1 + 1));
        int top = y1 - grown(step -> inRow(y1 - step), up, 1, 1);
        int bottom = y2 + grown(step -> inRow(y2 + step), up, 1, 1);

        int height = bottom - top + 1;
        int word = Math.max(2, (int) Math.round(WORD_GAP * height));
        int end = Math.max(word, (int) Math.round(END_GAP * height));
        int along = (int) Math.ceil(REACH * (x2 - x1 + 1));
        int left = x1 - grown(step -> inColumn(x1 - step, top, bottom), along, word, end);
        int right = x2 + grown(step -> inColumn(x2 + step, top, bottom), along, word, end);
        return new Box(
                left < x1 ? left : box.x1(),
                top < y1 ? top : box.y1(),
                right > x2 ? right + 1 : box.x2(),
                bottom > y2 ? bottom + 1 : box.y2());
    }

    /**
     * Steps from an edge outwards to where all ink ends, if that is in reach; else to where the word ends that the edge cuts.
     *
     * @param ink whether there is some so many steps away
     * @param word steps without ink after which a word has ended
     * @param end steps without ink after which nothing more belongs to it
     */
    private static int grown(IntPredicate ink, int reach, int word, int end) {
        int last = 0;
        int cut = -1;
        for (int step = 1; step <= reach + end; step++) {
            if (ink.test(step)) {
                if (step > reach) {
                    break;
                }
                last = step;
            } else if (step - last >= end) {
                return last;
            } else if (step - last == word && cut < 0) {
                cut = last;
            }
        }
        return Math.max(cut, 0);
    }

    private boolean inRow(int y) {
        return y >= 0 && y < picture.height() && hasInk(x1, y, x2, y);
    }

    private boolean inColumn(int x, int top, int bottom) {
        return x >= 0 && x < picture.width() && hasInk(x, top, x, bottom);
    }

    private boolean hasInk(int left, int top, int right, int bottom) {
        return span(left, top, right, bottom) >= (int) (CONTRAST * contrast);
    }

    /** From the darkest to the brightest pixel, by their green, of which the eye sees most. */
    private int span(int left, int top, int right, int bottom) {
        int darkest = 255;
        int brightest = 0;
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                int level = picture.rgb()[3 * (y * picture.width() + x) + 1] & 0xff;
                darkest = Math.min(darkest, level);
                brightest = Math.max(brightest, level);
            }
        }
        return brightest - darkest;
    }
}
