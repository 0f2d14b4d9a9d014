package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.util.function.IntPredicate;

/**
 * How far the text under a hand-drawn mark goes. A scribble over a line covers three quarters of it or more, and what it
 * leaves out at either end would not be read: letters that are cut are finished, and words that end close by are taken in.
 * Where nothing blank is near, as on a photograph, a mark is what it is.
 */
public final class InkExtent {
    /** A mark may grow by this share of its width at each end, and of its height. */
    private static final double REACH = 0.2;

    /** So many line heights without ink are a word's end. */
    private static final double WORD_GAP = 0.12;

    /** So many are the end of all that belongs together. */
    private static final double END_GAP = 0.9;

    /** Of the darkest to the brightest under the mark, what a line of pixels must span to have ink. */
    private static final double CONTRAST = 0.3;

    /** Levels of 255 below which there is no text that anybody could read. */
    private static final int LEAST_CONTRAST = 24;

    private final RgbImage picture;
    private final int least;

    private InkExtent(RgbImage picture, int least) {
        this.picture = picture;
        this.least = least;
    }

    /**
     * That box, grown to where the text ends that it covers.
     *
     * @param box in pixels of the picture; the part outside is not looked at
     */
    public static Box around(RgbImage picture, Box box) {
        int x1 = Math.clamp((int) box.x1(), 0, picture.width() - 1);
        int y1 = Math.clamp((int) box.y1(), 0, picture.height() - 1);
        int x2 = Math.clamp((int) Math.ceil(box.x2()) - 1, x1, picture.width() - 1);
        int y2 = Math.clamp((int) Math.ceil(box.y2()) - 1, y1, picture.height() - 1);
        int contrast = span(picture, x1, y1, x2, y2);
        if (contrast < LEAST_CONTRAST) {
            return box;
        }
        var extent = new InkExtent(picture, (int) (CONTRAST * contrast));
        int up = (int) Math.ceil(REACH * (y2 - y1 + 1));
        int top = y1 - grown(step -> extent.inRow(y1 - step, x1, x2), up, 1, 1);
        int bottom = y2 + grown(step -> extent.inRow(y2 + step, x1, x2), up, 1, 1);

        int height = bottom - top + 1;
        int word = Math.max(2, (int) Math.round(WORD_GAP * height));
        int end = Math.max(word, (int) Math.round(END_GAP * height));
        int along = (int) Math.ceil(REACH * (x2 - x1 + 1));
        int left = x1 - grown(step -> extent.inColumn(x1 - step, top, bottom), along, word, end);
        int right = x2 + grown(step -> extent.inColumn(x2 + step, top, bottom), along, word, end);
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

    private boolean inRow(int y, int x1, int x2) {
        return y >= 0 && y < picture.height() && span(picture, x1, y, x2, y) >= least;
    }

    private boolean inColumn(int x, int y1, int y2) {
        return x >= 0 && x < picture.width() && span(picture, x, y1, x, y2) >= least;
    }

    /** From the darkest to the brightest pixel, by their green, of which the eye sees most. */
    private static int span(RgbImage picture, int x1, int y1, int x2, int y2) {
        int darkest = 255;
        int brightest = 0;
        for (int y = y1; y <= y2; y++) {
            for (int x = x1; x <= x2; x++) {
                int level = picture.rgb()[3 * (y * picture.width() + x) + 1] & 0xff;
                darkest = Math.min(darkest, level);
                brightest = Math.max(brightest, level);
            }
        }
        return brightest - darkest;
    }
}
