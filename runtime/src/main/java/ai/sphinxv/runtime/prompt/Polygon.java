package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies within one or more rings: parts of one thing beside each other, a ring within another is a hole. A ring needs
 * no corner twice; its last edge leads back to its first corner. Edges may touch, not cross.
 */
public record Polygon(List<List<Point>> rings) implements FreeForm {

    /** Of all rings together: every edge is compared with every other. */
    public static final int MOST_CORNERS = 10_000;

    /** Edge {@code number} of a ring, both counted from 1. */
    private record Edge(int ring, int number, Point from, Point to) {

        /** Whether each goes from one side of the other to its other side; neighbours never do. */
        boolean crosses(Edge other) {
            return side(from, to, other.from) * side(from, to, other.to) < 0
                    && side(other.from, other.to, from) * side(other.from, other.to, to) < 0;
        }
    }

    public Polygon {
        rings = rings.stream().map(List::copyOf).toList();
        if (rings.isEmpty()) {
            throw new InvalidPromptException("a polygon needs at least one ring, got none");
        }
        for (int i = 0; i < rings.size(); i++) {
            requireRing(i + 1, rings.get(i));
        }
        int corners = rings.stream().mapToInt(List::size).sum();
        if (corners > MOST_CORNERS) {
            throw new InvalidPromptException(
                    "a polygon has at most %d corners, got %d".formatted(MOST_CORNERS, corners));
        }
        requireNoCrossing(edges(rings));
    }

    @Override
    public Box boundingBox() {
        return Box.around(rings.stream().flatMap(List::stream).toList());
    }

    private static void requireRing(int number, List<Point> ring) {
        if (ring.size() < 3) {
            throw new InvalidPromptException(
                    "ring %d of a polygon needs at least 3 corners, got %d".formatted(number, ring.size()));
        }
        Point first = ring.getFirst();
        boolean line = ring.stream()
                .filter(corner -> !corner.equals(first))
                .findFirst()
                .map(second -> ring.stream().allMatch(corner -> side(first, second, corner) == 0))
                .orElse(true);
        if (line) {
            throw new InvalidPromptException(
                    "ring %d of a polygon has no area: its corners lie on one line".formatted(number));
        }
    }

    private static List<Edge> edges(List<List<Point>> rings) {
        var edges = new ArrayList<Edge>();
        for (int ring = 0; ring < rings.size(); ring++) {
            List<Point> corners = rings.get(ring);
            for (int i = 0; i < corners.size(); i++) {
                edges.add(new Edge(ring + 1, i + 1, corners.get(i), corners.get((i + 1) % corners.size())));
            }
        }
        return edges;
    }

    private static void requireNoCrossing(List<Edge> edges) {
        for (int i = 0; i < edges.size(); i++) {
            for (int j = i + 1; j < edges.size(); j++) {
                Edge one = edges.get(i);
                Edge other = edges.get(j);
                if (one.crosses(other)) {
                    throw new InvalidPromptException(
                            "a polygon's edges may not cross: edge %d of ring %d, from (%s, %s), crosses edge %d of ring %d, from (%s, %s)"
                                    .formatted(
                                            one.number,
                                            one.ring,
                                            one.from.x(),
                                            one.from.y(),
                                            other.number,
                                            other.ring,
                                            other.from.x(),
                                            other.from.y()));
                }
            }
        }
    }

    /** Of the line from one point to another: 1 if the third lies on its one side, -1 on the other, 0 on the line. */
    private static double side(Point from, Point to, Point third) {
        return Math.signum((to.x() - from.x()) * (third.y() - from.y()) - (to.y() - from.y()) * (third.x() - from.x()));
    }
}
