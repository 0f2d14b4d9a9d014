package ai.sphinxv.training.data;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where one box lies, seen from another. Every pair of boxes has exactly one relation:
 *
 * <ul>
 *   <li>inside, contains: nine tenths or more of the smaller box lie in the other, which is larger by a third or more;
 *   <li>overlaps: else, if a quarter or more of the smaller box lies in the other, or they cross: see below;
 *   <li>else a direction. How far the centres are apart across and down is divided by how far they would be if the boxes
 *       just touched, and the larger of the two counts; across, if they are the same. So a long line of text that lies
 *       above another is above it, however far it begins to the right. If both are under a half, the boxes cross.
 * </ul>
 */
public enum SpatialRelation {
    LEFT_OF("is to the left of"),
    RIGHT_OF("is to the right of"),
    ABOVE("is above"),
    BELOW("is below"),
    INSIDE("is inside"),
    CONTAINS("contains"),
    OVERLAPS("overlaps");

    private static final double ENCLOSED = 0.9;
    private static final double LARGER = 4 / 3.0;
    private static final double OVERLAPPING = 0.25;
    private static final double CROSSING = 0.5;
    private static final double MISSED = 0.1;

    private final String words;

    SpatialRelation(String words) {
        this.words = words;
    }

    /** What the first is to the second. */
    public static SpatialRelation of(Box first, Box second) {
        double smaller = Math.min(area(first), area(second));
        double covered = common(first.x1(), first.x2(), second.x1(), second.x2())
                * common(first.y1(), first.y2(), second.y1(), second.y2())
                / smaller;
        if (covered >= ENCLOSED && Math.max(area(first), area(second)) >= LARGER * smaller) {
            return area(first) < area(second) ? INSIDE : CONTAINS;
        }
        double across = offset(first.x1(), first.x2(), second.x1(), second.x2());
        double down = offset(first.y1(), first.y2(), second.y1(), second.y2());
        boolean crossing = Math.max(Math.abs(across), Math.abs(down)) < CROSSING;
        return covered >= OVERLAPPING || crossing ? OVERLAPS : direction(across, down);
    }

    private static SpatialRelation direction(double across, double down) {
        if (Math.abs(across) >= Math.abs(down)) {
            return across < 0 ? LEFT_OF : RIGHT_OF;
        }
        return down < 0 ? ABOVE : BELOW;
    }

    /**
     * Whether people would agree on it: it stays the same if the first box is a tenth of the smaller one's size further left,
     * right, up or down.
     */
    public static boolean isClear(Box first, Box second) {
        double across = MISSED * Math.min(width(first), width(second));
        double down = MISSED * Math.min(height(first), height(second));
        SpatialRelation relation = of(first, second);
        return List.of(moved(first, -across, 0), moved(first, across, 0), moved(first, 0, -down), moved(first, 0, down))
                .stream()
                .allMatch(moved -> of(moved, second) == relation);
    }

    /** Slots of two marks, counted from 0. */
    record Pair(int first, int second) {}

    /** Every two places, in both orders, on whose relation people would agree. */
    static List<Pair> clearPairs(List<Box> places) {
        return IntStream.range(0, places.size())
                .boxed()
                .flatMap(first -> IntStream.range(0, places.size()).mapToObj(second -> new Pair(first, second)))
                .filter(pair ->
                        pair.first() != pair.second() && isClear(places.get(pair.first()), places.get(pair.second())))
                .toList();
    }

    /** Whether people would agree on each place and the next. */
    static boolean areClear(List<Box> places) {
        return IntStream.range(1, places.size()).allMatch(slot -> isClear(places.get(slot - 1), places.get(slot)));
    }

    /** {@code <Region 1> is above <Region 2>.} */
    public String sentence(MarkKind kind, int firstSlot, int secondSlot) {
        return "%s %s %s.".formatted(kind.tag(firstSlot), words, kind.tag(secondSlot));
    }

    /**
     * A question about two of the marks, with its answer.
     *
     * @param boxes of all marks' objects; slots count from 0
     */
    public static Turn between(MarkKind kind, List<Box> boxes, int firstSlot, int secondSlot) {
        return new Turn(
                "What is the relation between %s and %s?".formatted(kind.tag(firstSlot), kind.tag(secondSlot)),
                of(boxes.get(firstSlot), boxes.get(secondSlot)).sentence(kind, firstSlot, secondSlot));
    }

    /**
     * The fixed question about all marks (reference-model 3.4), with a line for each mark and the next, such as
     * {@code <Region 1><Region 2>: <Region 1> is above <Region 2>.}
     *
     * @param boxes of all marks' objects, two or more
     */
    public static Turn ofAll(MarkKind kind, List<Box> boxes) {
        String lines = IntStream.range(1, boxes.size())
                .mapToObj(slot -> "%s%s: %s"
                        .formatted(
                                kind.tag(slot - 1),
                                kind.tag(slot),
                                of(boxes.get(slot - 1), boxes.get(slot)).sentence(kind, slot - 1, slot)))
                .collect(Collectors.joining("\n"));
        return new Turn(
                "Please analyze the relationship between all marked %ss in the image.".formatted(kind.noun()), lines);
    }

    /** Of two lines, how far the first's middle is beyond the second's; 1 if they just touch. */
    private static double offset(double from1, double to1, double from2, double to2) {
        return (from1 + to1 - from2 - to2) / (to1 - from1 + to2 - from2);
    }

    private static double common(double from1, double to1, double from2, double to2) {
        return Math.max(0, Math.min(to1, to2) - Math.max(from1, from2));
    }

    private static Box moved(Box box, double across, double down) {
        return new Box(box.x1() + across, box.y1() + down, box.x2() + across, box.y2() + down);
    }

    private static double area(Box box) {
        return width(box) * height(box);
    }

    private static double width(Box box) {
        return box.x2() - box.x1();
    }

    private static double height(Box box) {
        return box.y2() - box.y1();
    }
}
