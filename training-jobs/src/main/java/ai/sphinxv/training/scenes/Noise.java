package ai.sphinxv.training.scenes;

import java.util.random.RandomGenerator;

/** Value noise: random values on a lattice, smoothly joined, at several scales. */
final class Noise {
    private Noise() {}

    /**
     * Blotches.
     *
     * @param cell size of the largest ones in pixels
     * @param octaves how many scales, each half the size and 0.55 of the strength of the one before
     * @return [height * width] 0 to 1
     */
    static float[] field(int width, int height, double cell, int octaves, RandomGenerator random) {
        var field = new float[width * height];
        float strength = 1;
        float total = 0;
        for (int octave = 0; octave < octaves; octave++) {
            add(field, width, height, Math.max(2, cell / (1 << octave)), strength, random);
            total += strength;
            strength *= 0.55f;
        }
        for (int i = 0; i < field.length; i++) {
            // sums of many values crowd around the middle: widen them
            field[i] = Math.clamp((field[i] / total - 0.5f) * 1.6f + 0.5f, 0, 1);
        }
        return field;
    }

    private static void add(float[] field, int width, int height, double cell, float strength, RandomGenerator random) {
        int columns = (int) (width / cell) + 2;
        int rows = (int) (height / cell) + 2;
        var lattice = new float[rows * columns];
        for (int i = 0; i < lattice.length; i++) {
            lattice[i] = random.nextFloat() * strength;
        }
        var column = new int[width];
        var across = new float[width];
        for (int x = 0; x < width; x++) {
            column[x] = (int) (x / cell);
            across[x] = smooth((float) (x / cell) - column[x]);
        }
        var line = new float[columns];
        for (int y = 0; y < height; y++) {
            int row = (int) (y / cell);
            float down = smooth((float) (y / cell) - row);
            for (int c = 0; c < columns; c++) {
                float above = lattice[row * columns + c];
                line[c] = above + (lattice[(row + 1) * columns + c] - above) * down;
            }
            for (int x = 0; x < width; x++) {
                float left = line[column[x]];
                field[y * width + x] += left + (line[column[x] + 1] - left) * across[x];
            }
        }
    }

    private static float smooth(float t) {
        return t * t * (3 - 2 * t);
    }
}
