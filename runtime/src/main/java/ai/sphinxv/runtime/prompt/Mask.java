package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which pixels of a picture a mark covers, as COCO writes it: down the columns, one after another, so many pixels that are
 * not covered, so many that are, and so on by turns.
 *
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 * @param runs together {@code width * height}; each may be 0
 */
public record Mask(int width, int height, int[] runs) implements FreeForm {

    public Mask {
        runs = runs.clone();
        if (width < 1 || height < 1) {
            throw new InvalidPromptException("a mask needs at least one pixel, got %dx%d".formatted(width, height));
        }
        if ((long) width * height > ImageDecoder.MAX_PIXELS) {
            throw new InvalidPromptException("a mask has at most %d pixels, as a picture has, got %dx%d"
                    .formatted(ImageDecoder.MAX_PIXELS, width, height));
        }
        long pixels = 0;
        long covered = 0;
        for (int i = 0; i < runs.length; i++) {
            if (runs[i] < 0) {
                throw new InvalidPromptException("run %d of a mask has %d pixels".formatted(i + 1, runs[i]));
            }
            pixels += runs[i];
            covered += i % 2 * (long) runs[i];
        }
        if (pixels != (long) width * height) {
            throw new InvalidPromptException("a mask of %dx%d pixels needs runs of %d together, got %d"
                    .formatted(width, height, (long) width * height, pixels));
        }
        if (covered == 0) {
            throw new InvalidPromptException("a mask covers at least one pixel, this one none");
        }
    }

    /**
     * What is not black in a picture.
     *
     * @param most runs
     * @throws InvalidPromptException if all of it is black, or there are more runs
     */
    public static Mask of(RgbImage picture, int most) {
        var runs = IntStream.builder();
        int count = 1;
        int run = 0;
        boolean covering = false;
        for (int x = 0; x < picture.width(); x++) {
            for (int y = 0; y < picture.height(); y++, run++) {
                if (isBlack(picture, x, y) == covering) {
                    if (++count > most) {
                        throw new InvalidPromptException(
                                "a mask has at most %d runs of pixels down its columns, got more".formatted(most));
                    }
                    runs.add(run);
                    run = 0;
                    covering = !covering;
                }
            }
        }
        return new Mask(picture.width(), picture.height(), runs.add(run).build().toArray());
    }

    private static boolean isBlack(RgbImage picture, int x, int y) {
        int at = 3 * (y * picture.width() + x);
        byte[] rgb = picture.rgb();
        return (rgb[at] | rgb[at + 1] | rgb[at + 2]) == 0;
    }

    /** From the first to the last column and row that it covers, as the released demo has it (reference-model 8). */
    @Override
    public Box boundingBox() {
        int left = width;
        int right = 0;
        int top = height;
        int bottom = 0;
        int begin = 0;
        for (int i = 0; i < runs.length; i++) {
            int last = begin + runs[i] - 1;
            if (i % 2 == 1 && last >= begin) {
                boolean oneColumn = begin / height == last / height;
                left = Math.min(left, begin / height);
                right = Math.max(right, last / height);
                top = Math.min(top, oneColumn ? begin % height : 0);
                bottom = Math.max(bottom, oneColumn ? last % height : height - 1);
            }
            begin = last + 1;
        }
        Box box = Box.around(List.of(new Point(left, top), new Point(right, bottom)));
        return new Box( // of a single row or column it is widened, perhaps past the edge
                Math.max(0, box.x1()), Math.max(0, box.y1()), Math.min(width, box.x2()), Math.min(height, box.y2()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask
                && mask.width == width
                && mask.height == height
                && Arrays.equals(mask.runs, runs);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(runs);
    }

    @Override
    public String toString() {
        return "Mask[width=%d, height=%d, runs=%s]".formatted(width, height, Arrays.toString(runs));
    }
}
