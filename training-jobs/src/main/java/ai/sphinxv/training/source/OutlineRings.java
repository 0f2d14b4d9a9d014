package ai.sphinxv.training.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines between pixels that belong to a part and pixels that do not, as closed polygons along the pixels' edges. */
final class OutlineRings {
    private final int height;
    private final BitSet pixels = new BitSet();

    /** Of each corner the corners that lines lead to from it, at most two; the part lies to the right of every line. */
    private final Map<Long, ArrayDeque<Long>> lines = new LinkedHashMap<>();

    private OutlineRings(int[] runs, int height) {
        this.height = height;
        int from = 0;
        for (int i = 0; i < runs.length; i++) {
            if (i % 2 == 1) {
                pixels.set(from, from + runs[i]);
            }
            from += runs[i];
        }
    }

    /**
     * Of runs as {@link Outline} has them: x, y, x, y ... of each polygon, in pixels. A pixel that lies in an odd number of
     * them belongs to the part.
     */
    static List<double[]> of(int[] runs, int height) {
        var rings = new OutlineRings(runs, height);
        rings.pixels.stream().forEach(rings::edges);
        return rings.linked();
    }

    private void edges(int pixel) {
        long x = pixel / height;
        int y = pixel % height;
        if (y == 0 || !pixels.get(pixel - 1)) {
            line(x, y, x + 1, y);
        }
        if (!pixels.get(pixel + height)) {
            line(x + 1, y, x + 1, y + 1);
        }
        if (y == height - 1 || !pixels.get(pixel + 1)) {
            line(x + 1, y + 1, x, y + 1);
        }
        if (pixel < height || !pixels.get(pixel - height)) {
            line(x, y + 1, x, y);
        }
    }

    private void line(long fromX, long fromY, long toX, long toY) {
        lines.computeIfAbsent(fromX << Integer.SIZE | fromY, any -> new ArrayDeque<>(2))
                .add(toX << Integer.SIZE | toY);
    }

    private List<double[]> linked() {
        var rings = new ArrayList<double[]>();
        for (var start : lines.entrySet()) {
            while (!start.getValue().isEmpty()) {
                rings.add(ring(start.getKey()));
            }
        }
        return rings;
    }

    /** From one corner along the lines until there is none left to go: back there, since as many lead in as out. */
    private double[] ring(long start) {
        var corners = new ArrayList<Long>();
        long at = start;
        for (var next = lines.get(at); next != null && !next.isEmpty(); next = lines.get(at)) {
            passStraight(corners, at);
            corners.add(at);
            at = next.remove();
        }
        passStraight(corners, start);
        double[] ring = new double[2 * corners.size()];
        for (int i = 0; i < corners.size(); i++) {
            ring[2 * i] = corners.get(i) >> Integer.SIZE;
            ring[2 * i + 1] = corners.get(i).intValue();
        }
        return ring;
    }

    /** Drops the last corner where it is none. */
    private static void passStraight(List<Long> corners, long next) {
        int count = corners.size();
        if (count > 1 && isStraight(corners.get(count - 2), corners.get(count - 1), next)) {
            corners.removeLast();
        }
    }

    private static boolean isStraight(long a, long b, long c) {
        return a >> Integer.SIZE == b >> Integer.SIZE && b >> Integer.SIZE == c >> Integer.SIZE
                || (int) a == (int) b && (int) b == (int) c;
    }
}
