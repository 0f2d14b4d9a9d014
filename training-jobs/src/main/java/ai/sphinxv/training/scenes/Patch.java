package ai.sphinxv.training.scenes;

import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scene shows where an object is to be drawn, to choose colours that stand out from it.
 *
 * @param rgb [height * width] 0xRRGGBB of the pixels in the object's rectangle, row by row
 */
record Patch(int[] rgb) {
    /** Least distance in RGB space, of at most 441, at which two colours look clearly different. */
    private static final double CLEARLY_DIFFERENT = 100;

    /** Least difference in lightness, of at most 255, at which thin letters are readable. */
    private static final double READABLE = 100;

    /** How much of the patch may be too close to a colour that is drawn on it. */
    private static final double BLEMISH = 0.05;

    /** Looking at every third pixel is enough to judge a background, and three times as fast. */
    private static final int STRIDE = 3;

    /** A named colour that stands out everywhere, or null where none does. */
    @Nullable
    SceneColor clearColor(RandomGenerator random) {
        var clear = Stream.of(SceneColor.values())
                .filter(color -> shareNear(color.rgb()) <= BLEMISH)
                .toList();
        return clear.isEmpty() ? null : clear.get(random.nextInt(clear.size()));
    }

    /** A named colour in which letters are readable, or null where none is. */
    @Nullable
    SceneColor readableColor(RandomGenerator random) {
        var readable = Stream.of(SceneColor.values())
                .filter(color -> shareUnreadable(color.rgb()) <= BLEMISH)
                .toList();
        return readable.isEmpty() ? null : readable.get(random.nextInt(readable.size()));
    }

    /**
     * The share of a drawing, 0 to 1, that is hard to tell from this background.
     *
     * @param argb [height * width] the drawing; where it is less than half opaque it does not count
     */
    double shareLost(int[] argb) {
        int drawn = 0;
        int lost = 0;
        for (int i = 0; i < argb.length; i++) {
            if (argb[i] >>> 24 >= 128) {
                drawn++;
                lost += near(argb[i], rgb[i]) ? 1 : 0;
            }
        }
        return drawn == 0 ? 1 : (double) lost / drawn;
    }

    /** Whether letters of one colour are readable on another, both 0xRRGGBB. */
    static boolean readable(int letters, int ground) {
        return Math.abs(lightness(letters) - lightness(ground)) >= READABLE;
    }

    private double shareNear(int color) {
        int near = 0;
        for (int i = 0; i < rgb.length; i += STRIDE) {
            near += near(rgb[i], color) ? STRIDE : 0;
        }
        return (double) near / rgb.length;
    }

    private double shareUnreadable(int color) {
        int unreadable = 0;
        for (int i = 0; i < rgb.length; i += STRIDE) {
            unreadable += readable(color, rgb[i]) ? 0 : STRIDE;
        }
        return (double) unreadable / rgb.length;
    }

    private static boolean near(int one, int other) {
        int red = (one >> 16 & 255) - (other >> 16 & 255);
        int green = (one >> 8 & 255) - (other >> 8 & 255);
        int blue = (one & 255) - (other & 255);
        return red * red + green * green + blue * blue < CLEARLY_DIFFERENT * CLEARLY_DIFFERENT;
    }

    /** 0 to 255, as the eye weighs the three channels (ITU-R BT.601). */
    private static double lightness(int rgb) {
        return 0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255);
    }
}
