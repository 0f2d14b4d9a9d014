package ai.sphinxv.training.source;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a picture and what is known of it.
 *
 * @param box in pixels of the picture
 * @param label its class, for instance {@code button}
 * @param text what it says, letter for letter
 * @param attributes more that is known, for instance {@code color}, {@code name} of an icon, {@code state}
 * @param panel letter of the panel that it lies in
 * @param segment its number in the picture's mask, or -1
 * @param ignored whether its source says not to count it: a crowd, or text that nobody can read
 */
public record Region(
        Box box,
        String label,
        @Nullable String text,
        Map<String, String> attributes,
        @Nullable String panel,
        int segment,
        boolean ignored) {

    /** Label of a line of text on a page, which is part of another region. */
    public static final String TEXT_LINE = "text line";

    public Region {
        attributes = Map.copyOf(attributes);
    }

    /** The same region at another place. */
    public Region withBox(Box other) {
        return new Region(other, label, text, attributes, panel, segment, ignored);
    }

    /** The same region saying something else. */
    public Region withText(@Nullable String other) {
        return new Region(box, label, other, attributes, panel, segment, ignored);
    }

    /** The same region under another name. */
    public Region withLabel(String other) {
        return new Region(box, other, text, attributes, panel, segment, ignored);
    }
}
