package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.image.ColourScale;
import ai.sphinxv.runtime.image.RegionCrop;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;

/**
 * A line of text as the networks take it.
 *
 * @param values [3, 48, steps * 8], -1 black to 1 white
 * @param steps for each of which the networks give one character or none
 */
record LinePixels(float[] values, int steps) {
    static final int HEIGHT = 48;
    /** The networks give one step for so many columns. */
    static final int COLUMNS = 8;
    /** A line that is longer is squeezed: 33 times as wide as high. */
    private static final int MAX_WIDTH = 1600;

    /** Around a box, as a fraction of its height: people and data sets cut lines a little too tight to read well. */
    private static final double MARGIN = 0.1;
    /** Grey columns after a line, without which the last character is missed now and then. */
    private static final int TAIL = 48;

    /** Red or blue first made no difference on 1,915 lines. */
    private static final ColourScale SCALE = ColourScale.of(new double[] {0.5, 0.5, 0.5}, new double[] {0.5, 0.5, 0.5});

    /** @param box in pixels of the picture */
    static LinePixels of(RgbImage picture, Box box) {
        double margin = MARGIN * (box.y2() - box.y1());
        double x1 = box.x1() - margin;
        double y1 = box.y1() - margin;
        double x2 = box.x2() + margin;
        double y2 = box.y2() + margin;
        int width = Math.clamp(Math.round(HEIGHT * (x2 - x1) / (y2 - y1)), COLUMNS, MAX_WIDTH);
        float[] crop = new float[3 * HEIGHT * width];
        new RegionCrop(x1, y1, x2, y2, width, HEIGHT).into(picture, SCALE, crop, 0);
        int steps = Math.ceilDiv(width + TAIL, COLUMNS);
        return new LinePixels(widened(crop, width, steps * COLUMNS), steps);
    }

    /** Grey. */
    static LinePixels blank(int steps) {
        return new LinePixels(new float[3 * HEIGHT * steps * COLUMNS], steps);
    }

    /** Grey is 0. */
    private static float[] widened(float[] crop, int width, int wider) {
        float[] pixels = new float[3 * HEIGHT * wider];
        for (int row = 0; row < 3 * HEIGHT; row++) {
            System.arraycopy(crop, row * width, pixels, row * wider, width);
        }
        return pixels;
    }
}
