package ai.sphinxv.runtime.prompt;

import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import ai.sphinxv.runtime.prompt.VisualPrompt.Stroke;
import java.util.List;

/**
 * Marks laid into the model's fixed number of slots N, ready for the prompt encoder. Slot i holds mark i; the slots after
 * the last mark are empty and say so in {@link #isValid}, so a point at (0, 0) is as good as any other.
 *
 * @param corners [N * 4] x1, y1, x2, y2 as fractions of the padded square; a point repeats its x and y
 * @param isBox [N] 1 where the slot holds a box, else 0
 * @param isValid [N] 1 where the slot holds a mark, else 0
 */
public record PromptSlots(float[] corners, float[] isBox, float[] isValid) {

    /**
     * Places the marks, which are in pixels of the picture.
     *
     * @throws InvalidPromptException if there are no marks or too many, or one lies outside the picture
     */
    public static PromptSlots of(List<VisualPrompt> marks, PaddedSquare square, int slots) {
        if (marks.isEmpty() || marks.size() > slots) {
            throw new InvalidPromptException(
                    "a question takes 1 to %d visual prompts, got %d".formatted(slots, marks.size()));
        }
        var placed = new PromptSlots(new float[slots * 4], new float[slots], new float[slots]);
        for (int slot = 0; slot < marks.size(); slot++) {
            placed.place(slot, marks.get(slot), square);
        }
        return placed;
    }

    /** How many hold a mark: the first ones. */
    public int marks() {
        int marks = 0;
        while (marks < slots() && isValid[marks] == 1) {
            marks++;
        }
        return marks;
    }

    /** N: slots, empty ones included. */
    public int slots() {
        return isValid.length;
    }

    private void place(int slot, VisualPrompt mark, PaddedSquare square) {
        switch (mark) {
            case Point point -> {
                requireInside(slot, "point", point.x(), point.y(), square);
                fill(slot, square, point.x(), point.y(), point.x(), point.y());
            }
            case Box box -> {
                requireInside(slot, "box corner", box.x1(), box.y1(), square);
                requireInside(slot, "box corner", box.x2(), box.y2(), square);
                fill(slot, square, box.x1(), box.y1(), box.x2(), box.y2());
                isBox[slot] = 1;
            }
            case FreeForm form -> {
                requireInside(slot, form, square);
                Box box = form.boundingBox(); // a thin one is widened, at the edge perhaps past it
                fill(
                        slot,
                        square,
                        Math.max(0, box.x1()),
                        Math.max(0, box.y1()),
                        Math.min(square.width(), box.x2()),
                        Math.min(square.height(), box.y2()));
                isBox[slot] = 1;
            }
        }
        isValid[slot] = 1;
    }

    private void fill(int slot, PaddedSquare square, double x1, double y1, double x2, double y2) {
        corners[4 * slot] = (float) square.x(x1);
        corners[4 * slot + 1] = (float) square.y(y1);
        corners[4 * slot + 2] = (float) square.x(x2);
        corners[4 * slot + 3] = (float) square.y(y2);
    }

    private static void requireInside(int slot, FreeForm form, PaddedSquare square) {
        switch (form) {
            case Stroke stroke ->
                stroke.points().forEach(point -> requireInside(slot, "stroke point", point.x(), point.y(), square));
            case Polygon polygon ->
                polygon.rings().stream()
                        .flatMap(List::stream)
                        .forEach(corner -> requireInside(slot, "polygon corner", corner.x(), corner.y(), square));
            case Mask mask -> {
                if (mask.width() != square.width() || mask.height() != square.height()) {
                    throw new InvalidPromptException(
                            "mark %d is a mask of %dx%d pixels, the picture has %dx%d (its size is height, then width)"
                                    .formatted(slot + 1, mask.width(), mask.height(), square.width(), square.height()));
                }
            }
        }
    }

    private static void requireInside(int slot, String what, double x, double y, PaddedSquare square) {
        if (x < 0 || y < 0 || x > square.width() || y > square.height()) {
            throw new InvalidPromptException("mark %d lies outside the picture: %s (%s, %s) is not within %dx%d pixels"
                    .formatted(slot + 1, what, x, y, square.width(), square.height()));
        }
    }
}
