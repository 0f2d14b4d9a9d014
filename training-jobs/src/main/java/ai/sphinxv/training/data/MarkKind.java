package ai.sphinxv.training.data;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.prompt.VisualPrompt.Point;
import java.util.List;

/** What the questions call a mark (reference-model 3.4): a point is a mark, a box or a stroke is a region. */
public enum MarkKind {
    POINT("Mark", "point"),
    REGION("Region", "region");

    private final String name;
    private final String noun;

    MarkKind(String name, String noun) {
        this.name = name;
        this.noun = noun;
    }

    /** What all of a question's marks are, by the first of them. */
    public static MarkKind of(List<VisualPrompt> marks) {
        return marks.getFirst() instanceof Point ? POINT : REGION;
    }

    /** How a text names the mark of a slot, counted from 0: {@code <Mark 1>} for the first point. */
    public String tag(int slot) {
        return "<%s %d>".formatted(name, slot + 1);
    }

    /** "point" or "region", as the fixed questions say it. */
    public String noun() {
        return noun;
    }
}
