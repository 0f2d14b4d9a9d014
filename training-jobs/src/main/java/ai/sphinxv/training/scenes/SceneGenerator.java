package ai.sphinxv.training.scenes;

import java.util.random.RandomGenerator;

/**
 * Draws scenes: one to eight shapes, emoji and words before a varied background. A scene depends on the seed and its
 * index only (and on this machine's fonts and Java); any thread may ask for any scene.
 */
public final class SceneGenerator {
    /** The longer side of a usual scene in pixels; sizes below are for it and grow with the scene. */
    private static final int USUAL_SIDE = 224;

    private static final double USUAL_SHARE = 0.7;
    private static final int SHORTEST_SIDE = 160;
    private static final int LONGEST_SIDE = 320;

    private static final double SMALLEST_OBJECT = 26;
    private static final double LARGEST_OBJECT = 110;
    private static final double SMALLEST_CAPITAL = 14;
    private static final double LARGEST_CAPITAL = 40;

    private static final int MOST_OBJECTS = 8;
    private static final int TRIES_PER_OBJECT = 12;

    /** Words come together, as on a street or a page: many in a few scenes, few in the others. */
    private static final double WORDY_SCENES = 0.25;

    private static final double WORDS_IN_WORDY = 0.7;
    private static final double WORDS_ELSEWHERE = 0.1;

    private final Catalog catalog;
    private final long seed;

    /** Fails with the cure where this machine cannot draw words (see {@link Catalog#open}). */
    public SceneGenerator(Catalog catalog, long seed) {
        this.catalog = catalog;
        this.seed = seed;
    }

    /** The scenes of a split of a run, whose number n is {@code scene(split.index(n))}. */
    public static SceneGenerator of(Catalog catalog, Split split, long runSeed) {
        return new SceneGenerator(catalog, split.seed(runSeed));
    }

    /** The scene of an index; the same every time. */
    public Scene scene(long index) {
        var random = Draws.of(seed, index);
        int wanted = 1 + random.nextInt(MOST_OBJECTS);
        var canvas = emptyCanvas(random);
        double words = random.nextDouble() < WORDY_SCENES ? WORDS_IN_WORDY : WORDS_ELSEWHERE;
        for (int tries = wanted * TRIES_PER_OBJECT; tries > 0 && canvas.objects() < wanted; tries--) {
            draw(canvas, figure(canvas, words, random), random);
        }
        while (canvas.objects() == 0) { // a word makes its own plate, so on an empty canvas the first one is drawn
            draw(canvas, catalog.word(SMALLEST_CAPITAL, random), random);
        }
        return canvas.scene();
    }

    private static Canvas emptyCanvas(RandomGenerator random) {
        int longer = random.nextDouble() < USUAL_SHARE ? USUAL_SIDE : random.nextInt(SHORTEST_SIDE, LONGEST_SIDE + 1);
        int shorter = Math.max(SHORTEST_SIDE, (int) (longer * (0.6 + 0.6 * random.nextDouble())));
        shorter = Math.min(shorter, longer); // a third or more are squares
        boolean upright = random.nextBoolean();
        int width = upright ? shorter : longer;
        int height = upright ? longer : shorter;
        return new Canvas(width, height, Background.draw(width, height, random));
    }

    private Figure figure(Canvas canvas, double words, RandomGenerator random) {
        double scale = canvas.longerSide() / (double) USUAL_SIDE;
        return random.nextDouble() < words
                ? catalog.word(scale * Draws.logUniform(random, SMALLEST_CAPITAL, LARGEST_CAPITAL), random)
                : catalog.figure(scale * Draws.logUniform(random, SMALLEST_OBJECT, LARGEST_OBJECT), random);
    }

    /** Draws a figure at a random place if there is room and it can be seen there. */
    private static void draw(Canvas canvas, Figure figure, RandomGenerator random) {
        int roomAcross = canvas.width() - figure.width();
        int roomDown = canvas.height() - figure.height();
        if (roomAcross < 0 || roomDown < 0) {
            return;
        }
        int left = random.nextInt(roomAcross + 1);
        int top = random.nextInt(roomDown + 1);
        if (!canvas.hasRoom(figure, left, top)) {
            return;
        }
        var sprite = figure.paint(canvas.behind(figure, left, top), random);
        if (sprite != null) {
            canvas.draw(sprite, left, top, figure.overlap());
        }
    }
}
