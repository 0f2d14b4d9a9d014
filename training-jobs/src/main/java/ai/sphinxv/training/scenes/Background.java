package ai.sphinxv.training.scenes;

import java.awt.Color;
import java.util.random.RandomGenerator;

/** What lies behind the objects. Each method returns [height * width] 0xRRGGBB, row by row. */
final class Background {
    /** Two colours of one pattern differ by at most this in each channel, or nothing would stand out from both. */
    private static final int CONTRAST = 70;

    private Background() {}

    /** One of six kinds, equally likely. */
    static int[] draw(int width, int height, RandomGenerator random) {
        int first = color(random);
        int second = neighbour(first, random);
        return switch (random.nextInt(6)) {
            case 0 -> blend(first, first, new float[width * height]);
            case 1 -> blend(first, neighbour(first, random), gradient(width, height, random));
            case 2 -> blend(first, second, stripes(width, height, random));
            case 3 -> blend(first, second, checks(width, height, random));
            case 4 -> blend(first, second, Noise.field(width, height, 24 + 72 * random.nextDouble(), 2, random));
            default -> grained(blend(first, second, Noise.field(width, height, 96, 5, random)), random);
        };
    }

    private static float[] gradient(int width, int height, RandomGenerator random) {
        double angle = 2 * Math.PI * random.nextDouble();
        double dx = Math.cos(angle);
        double dy = Math.sin(angle);
        double span = Math.abs(dx) * width + Math.abs(dy) * height;
        var field = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                field[y * width + x] = (float) (0.5 + ((x - width / 2.0) * dx + (y - height / 2.0) * dy) / span);
            }
        }
        return field;
    }

    private static float[] stripes(int width, int height, RandomGenerator random) {
        double angle = Math.PI * random.nextDouble();
        double period = Draws.logUniform(random, 8, 48);
        double dx = Math.cos(angle) / period;
        double dy = Math.sin(angle) / period;
        var field = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                field[y * width + x] = Math.floorMod((int) Math.floor(2 * (x * dx + y * dy)), 2);
            }
        }
        return field;
    }

    private static float[] checks(int width, int height, RandomGenerator random) {
        int cell = (int) Draws.logUniform(random, 6, 40);
        var field = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                field[y * width + x] = (x / cell + y / cell) % 2;
            }
        }
        return field;
    }

    /** From one colour at 0 to another at 1. */
    private static int[] blend(int from, int to, float[] field) {
        var table = new int[256];
        for (int i = 0; i < 256; i++) {
            table[i] = mix(from >> 16 & 255, to >> 16 & 255, i) << 16
                    | mix(from >> 8 & 255, to >> 8 & 255, i) << 8
                    | mix(from & 255, to & 255, i);
        }
        var rgb = new int[field.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = table[Math.clamp((int) (field[i] * 255.99f), 0, 255)];
        }
        return rgb;
    }

    private static int mix(int from, int to, int share) {
        return from + (to - from) * share / 255;
    }

    /** Adds the grain of a photograph: each pixel a little lighter or darker than it was. */
    private static int[] grained(int[] rgb, RandomGenerator random) {
        int strength = 4 + random.nextInt(14);
        long bits = 0;
        for (int i = 0; i < rgb.length; i++) {
            bits = i % 8 == 0 ? random.nextLong() : bits >>> 8;
            int change = ((int) (bits & 255) - 128) * strength / 128;
            rgb[i] = shifted(rgb[i], change, change, change);
        }
        return rgb;
    }

    /** Any hue, mostly pale or muted as walls and skies are. */
    private static int color(RandomGenerator random) {
        float saturation = (float) Math.pow(random.nextDouble(), 1.6);
        return Color.HSBtoRGB(random.nextFloat(), saturation, 0.12f + 0.88f * random.nextFloat()) & 0xFFFFFF;
    }

    private static int neighbour(int color, RandomGenerator random) {
        return shifted(color, step(random), step(random), step(random));
    }

    private static int step(RandomGenerator random) {
        return random.nextInt(-CONTRAST, CONTRAST + 1);
    }

    private static int shifted(int rgb, int red, int green, int blue) {
        return Math.clamp((rgb >> 16 & 255) + red, 0, 255) << 16
                | Math.clamp((rgb >> 8 & 255) + green, 0, 255) << 8
                | Math.clamp((rgb & 255) + blue, 0, 255);
    }
}
