package ai.sphinxv.training.source;

import com.fasterxml.jackson.databind.JsonNode;

/** Coordinates as datasets write them. */
final class Numbers {
    private Numbers() {}

    /** The numbers of a list; what is no number is NaN, which no picture has. */
    static double[] of(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.path(i).isNumber() ? list.path(i).doubleValue() : Double.NaN;
        }
        return numbers;
    }

    static int[] integers(JsonNode list) {
        int[] numbers = new int[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.path(i).asInt(-1);
        }
        return numbers;
    }

    /** Edges of a box that is given by its upper left corner and its size; nothing where these are not four numbers. */
    static double[] edges(JsonNode cornerAndSize) {
        double[] box = of(cornerAndSize);
        return box.length == 4
                ? new double[] {box[0], box[1], box[0] + box[2], box[1] + box[3]}
                : new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
    }

    /** The same in pixels, from shares of the picture's width and height. */
    static double[] scaled(double[] shares, double width, double height) {
        double[] pixels = new double[shares.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = shares[i] * (i % 2 == 0 ? width : height);
        }
        return pixels;
    }

    /** Left, top, right and bottom of x, y, x, y ... */
    static double[] around(double[] polygon) {
        double[] box = {polygon[0], polygon[1], polygon[0], polygon[1]};
        for (int i = 2; i < polygon.length - 1; i += 2) {
            box[0] = Math.min(box[0], polygon[i]);
            box[1] = Math.min(box[1], polygon[i + 1]);
            box[2] = Math.max(box[2], polygon[i]);
            box[3] = Math.max(box[3], polygon[i + 1]);
        }
        return box;
    }

    /** To hundredths of a pixel: nobody marks finer, and lines get short. */
    static double[] rounded(double[] numbers) {
        double[] rounded = new double[numbers.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Math.round(100 * numbers[i]) / 100.0;
        }
        return rounded;
    }
}
