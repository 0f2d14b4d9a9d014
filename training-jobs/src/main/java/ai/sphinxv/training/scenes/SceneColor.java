package ai.sphinxv.training.scenes;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** The colours that have a name, far enough from each other to be told apart after a little jitter. */
enum SceneColor {
    RED(214, 32, 40),
    ORANGE(245, 130, 20),
    YELLOW(250, 222, 45),
    GREEN(40, 155, 65),
    BLUE(35, 85, 215),
    PURPLE(135, 50, 170),
    BLACK(20, 20, 22),
    WHITE(248, 248, 246);

    private static final int JITTER = 10;

    private final int red;
    private final int green;
    private final int blue;

    SceneColor(int red, int green, int blue) {
        this.red = red;
        this.green = green;
        this.blue = blue;
    }

    /** The word for it in an answer. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** 0xRRGGBB. */
    int rgb() {
        return red << 16 | green << 8 | blue;
    }

    /** A shade that still deserves the name, 0xRRGGBB. */
    int shade(RandomGenerator random) {
        return jitter(red, random) << 16 | jitter(green, random) << 8 | jitter(blue, random);
    }

    private static int jitter(int channel, RandomGenerator random) {
        return Math.clamp(channel + random.nextInt(-JITTER, JITTER + 1), 0, 255);
    }
}
