package ai.sphinxv.training.source;

import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The pixels of a part, in one of the two forms that COCO has.
 *
 * @param polygons x, y, x, y ... of each, in pixels; a pixel that lies in an odd number of them belongs to it
 * @param runs how many pixels do not belong to it, then how many do, and so on, column by column from the upper left
 */
@JsonInclude(Include.NON_EMPTY)
public record Outline(List<double[]> polygons, int[] runs) {
    private static final int TRIES = 200;

    /** Of a curve, with both ends. */
    private static final int PLACES = 8;

    public Outline {
        polygons = polygons == null ? List.of() : List.copyOf(polygons);
        runs = runs == null ? new int[0] : runs;
    }

    /** COCO's {@code segmentation}; nothing where it has no area or does not fit a picture of that height. */
    static @Nullable Outline read(JsonNode segmentation, int width, int height) {
        if (segmentation.isArray()) {
            return ofPolygons(segmentation);
        }
        JsonNode size = segmentation.path("size");
        if (size.path(0).asInt() != height || size.path(1).asInt() != width) {
            return null;
        }
        JsonNode counts = segmentation.path("counts");
        int[] runs = counts.isTextual() ? decompressed(counts.textValue()) : Numbers.integers(counts);
        long pixels = 0;
        for (int run : runs) {
            if (run < 0) {
                return null;
            }
            pixels += run;
        }
        return pixels == (long) width * height ? new Outline(List.of(), runs) : null;
    }

    private static @Nullable Outline ofPolygons(JsonNode segmentation) {
        var polygons = new ArrayList<double[]>();
        for (JsonNode polygon : segmentation) {
            double[] corners = Numbers.of(polygon);
            if (corners.length >= 6
                    && corners.length % 2 == 0
                    && Arrays.stream(corners).allMatch(Double::isFinite)) {
                polygons.add(Numbers.rounded(corners));
            }
        }
        return polygons.isEmpty() ? null : new Outline(polygons, new int[0]);
    }

    /**
     * Two cubic curves of four points each, a word's upper edge from left to right and its lower edge from right to left, as the
     * polygon through eight places of each; nothing where these are not 16 numbers.
     */
    static @Nullable Outline ofCurves(JsonNode points) {
        double[] curves = Numbers.of(points);
        if (curves.length != 16 || Arrays.stream(curves).anyMatch(Double::isNaN)) {
            return null;
        }
        double[] polygon = new double[4 * PLACES];
        for (int i = 0; i < polygon.length; i++) {
            int curve = i / (2 * PLACES) * 8 + i % 2;
            double t = i / 2 % PLACES / (PLACES - 1.0);
            double left = 1 - t;
            polygon[i] = left * left * left * curves[curve]
                    + 3 * left * left * t * curves[curve + 2]
                    + 3 * left * t * t * curves[curve + 4]
                    + t * t * t * curves[curve + 6];
        }
        return new Outline(List.of(Numbers.rounded(polygon)), new int[0]);
    }

    /** COCO's compressed counts: six bits a character from '0' on, the sixth says that more follow; from the third run on
     * the difference to the run before the last. */
    private static int[] decompressed(String counts) {
        var runs = new ArrayList<Integer>();
        int at = 0;
        while (at < counts.length()) {
            long value = 0;
            int shift = 0;
            int bits;
            do {
                bits = counts.charAt(at++) - '0';
                value |= (long) (bits & 0x1f) << shift;
                shift += 5;
            } while ((bits & 0x20) != 0 && at < counts.length() && shift < 60);
            if ((bits & 0x10) != 0) {
                value |= -1L << shift;
            }
            runs.add((int) (runs.size() > 2 ? value + runs.get(runs.size() - 2) : value));
        }
        return runs.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The centre of a random pixel of it, in pixels; nothing where none is found, as on a part thinner than a pixel. */
    public Optional<Point> point(int width, int height, RandomGenerator random) {
        return runs.length > 0 ? inRuns(height, random) : inPolygons(width, height, random);
    }

    private Optional<Point> inRuns(int height, RandomGenerator random) {
        long pixels = 0;
        for (int i = 1; i < runs.length; i += 2) {
            pixels += runs[i];
        }
        if (pixels == 0) {
            return Optional.empty();
        }
        long wanted = random.nextLong(pixels);
        long from = 0;
        for (int i = 0; i < runs.length; i++) {
            if (i % 2 == 1) {
                if (wanted < runs[i]) {
                    long pixel = from + wanted;
                    return Optional.of(new Point(pixel / height + 0.5, pixel % height + 0.5));
                }
                wanted -= runs[i];
            }
            from += runs[i];
        }
        return Optional.empty();
    }

    private Optional<Point> inPolygons(int width, int height, RandomGenerator random) {
        double[] box = box(width, height);
        int left = (int) Math.floor(box[0]);
        int top = (int) Math.floor(box[1]);
        int across = (int) Math.ceil(box[2]) - left;
        int down = (int) Math.ceil(box[3]) - top;
        for (int i = 0; i < TRIES && across > 0 && down > 0; i++) {
            double x = left + random.nextInt(across) + 0.5;
            double y = top + random.nextInt(down) + 0.5;
            if (contains(x, y, height)) {
                return Optional.of(new Point(x, y));
            }
        }
        return Optional.empty();
    }

    /** Whether the place belongs to it. */
    public boolean contains(double x, double y, int height) {
        if (runs.length > 0) {
            long pixel = Math.multiplyFull((int) x, height) + (int) y;
            long from = 0;
            for (int i = 0; i < runs.length; i++) {
                from += runs[i];
                if (pixel < from) {
                    return i % 2 == 1;
                }
            }
            return false;
        }
        boolean isInside = false;
        for (double[] polygon : polygons) {
            isInside ^= crossesOddly(polygon, x, y);
        }
        return isInside;
    }

    private static boolean crossesOddly(double[] polygon, double x, double y) {
        boolean isInside = false;
        for (int i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
            double yi = polygon[i + 1];
            double yj = polygon[j + 1];
            if (yi > y != yj > y) {
                double crossing = (polygon[j] - polygon[i]) * (y - yi) / (yj - yi) + polygon[i];
                double left = Math.min(polygon[i], polygon[j]); // of corners far away the sum has lost what is small
                isInside ^= x < Math.clamp(crossing, left, Math.max(polygon[i], polygon[j]));
            }
        }
        return isInside;
    }

    /** Its edge as closed polygons, as {@link #polygons} has them, whichever form it has; the picture is that high. */
    public List<double[]> rings(int height) {
        return runs.length > 0 ? OutlineRings.of(runs, height) : polygons;
    }

    /** Left, top, right and bottom edges of what it covers of the picture. */
    double[] box(int width, int height) {
        double[] box = {width, height, 0, 0};
        for (double[] polygon : polygons) {
            for (int i = 0; i < polygon.length; i += 2) {
                grow(box, polygon[i], polygon[i + 1], polygon[i], polygon[i + 1]);
            }
        }
        long from = 0;
        for (int i = 0; i < runs.length; i++) {
            if (i % 2 == 1 && runs[i] > 0) {
                long last = from + runs[i] - 1;
                boolean isOneColumn = from / height == last / height;
                double top = isOneColumn ? (double) (from % height) : 0;
                double bottom = isOneColumn ? (double) (last % height + 1) : height;
                grow(box, (double) (from / height), top, (double) (last / height + 1), bottom);
            }
            from += runs[i];
        }
        return new double[] {Math.max(0, box[0]), Math.max(0, box[1]), Math.min(width, box[2]), Math.min(height, box[3])
        };
    }

    private static void grow(double[] box, double left, double top, double right, double bottom) {
        box[0] = Math.min(box[0], left);
        box[1] = Math.min(box[1], top);
        box[2] = Math.max(box[2], right);
        box[3] = Math.max(box[3], bottom);
    }
}
