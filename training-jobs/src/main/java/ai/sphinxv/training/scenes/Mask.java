package ai.sphinxv.training.scenes;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import java.util.Arrays;

/**
 * The pixels of a picture that show one object; at least one.
 *
 * @param width the picture's width in pixels
 * @param pixels [count] y * width + x of each pixel, in rising order
 */
public record Mask(int width, int[] pixels) {
    public Mask {
        if (pixels.length == 0) {
            throw new IllegalArgumentException("a mask needs at least one pixel, got none");
        }
    }

    public boolean contains(int x, int y) {
        return x >= 0 && x < width && Arrays.binarySearch(pixels, y * width + x) >= 0;
    }

    /** The edges of the smallest rectangle that holds every pixel, in pixels of the picture. */
    public VisualPrompt.Box box() {
        int left = width;
        int right = 0;
        for (int pixel : pixels) {
            left = Math.min(left, pixel % width);
            right = Math.max(right, pixel % width);
        }
        int top = pixels[0] / width;
        int bottom = pixels[pixels.length - 1] / width;
        return new VisualPrompt.Box(left, top, right + 1, bottom + 1);
    }
}
