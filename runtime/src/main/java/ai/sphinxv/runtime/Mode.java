package ai.sphinxv.runtime;

import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.Mask;
import ai.sphinxv.runtime.prompt.Polygon;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import java.util.List;

/** What a question may be, beside what the released code takes. */
public enum Mode {
    /**
     * As released: one mark for each slot at most, all of them points or all of them boxes, a line drawn by hand being the
     * box around it; what does not fit is refused.
     */
    FAITHFUL,
    /**
     * Points and boxes side by side, polygons and masks; of more marks than there are slots some at a time, each time the
     * same question; and a question without marks, about all of the picture.
     */
    EXTENDED;

    /**
     * Checks what the other mode takes and this one does not.
     *
     * @param slots of the model
     * @throws InvalidPromptException if this mode takes no such question
     */
    void require(List<VisualPrompt> marks, int slots) {
        if (this == EXTENDED) {
            return;
        }
        if (marks.isEmpty() || marks.size() > slots) {
            throw new InvalidPromptException("in the faithful mode a question takes 1 to %d visual prompts, got %d"
                    .formatted(slots, marks.size()));
        }
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i) instanceof Polygon || marks.get(i) instanceof Mask) {
                throw new InvalidPromptException(
                        "in the faithful mode a mark is a point, a box or a stroke, mark %d is a %s"
                                .formatted(i + 1, marks.get(i) instanceof Mask ? "mask" : "polygon"));
            }
        }
        long points =
                marks.stream().filter(VisualPrompt.Point.class::isInstance).count();
        if (points > 0 && points < marks.size()) {
            throw new InvalidPromptException(
                    "in the faithful mode all marks of a question are points or all are regions, got %d and %d"
                            .formatted(points, marks.size() - points));
        }
    }
}
