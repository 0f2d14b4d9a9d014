package ai.sphinxv.runtime.text;

import ai.sphinxv.runtime.bundle.ModelConfig.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Questions and answers about one picture, oldest first; the last question may wait for its answer. */
public record Conversation(List<Turn> turns) {

    /** A question and, once there is one, its answer. */
    public record Turn(String question, @Nullable String answer) {}

    /**
     * A stretch of the conversation's text that is tokenized by itself.
     *
     * @param answer whether the model says it: only these tokens count in the training loss
     */
    public record Segment(String text, boolean answer) {}

    public Conversation {
        turns = List.copyOf(turns);
    }

    /** A first question. */
    public static Conversation of(String question) {
        return new Conversation(List.of(new Turn(question, null)));
    }

    /** {@link #segments(Template, List)} of a conversation about marks of which nothing was told. */
    public List<Segment> segments(Template template) {
        return segments(template, List.of());
    }

    /**
     * The text by the template (reference-model 3.1), cut where the speaker changes. Training and serving both tokenize
     * segment by segment, so a trained answer starts from the very tokens that a served one starts from.
     *
     * @param told what the experts found in the marks, before the first question; who found nothing says nothing
     */
    public List<Segment> segments(Template template, List<Told> told) {
        var lead = new StringBuilder(template.system() + "\n\n" + template.separator());
        var segments = new ArrayList<Segment>();
        for (Told expert : told) {
            if (!expert.marks().isEmpty()) {
                segments.add(new Segment(lead + " " + expert.role() + ": " + lines(expert) + template.stop(), false));
                lead.setLength(0);
            }
        }
        for (Turn turn : turns) {
            segments.add(new Segment(
                    lead + " " + template.human() + ": " + turn.question().strip() + template.stop() + " "
                            + template.assistant() + ":",
                    false));
            if (turn.answer() != null) {
                segments.add(new Segment(" " + turn.answer().strip() + template.stop(), true));
            }
            lead.setLength(0);
        }
        return segments;
    }

    private static String lines(Told expert) {
        return expert.marks().stream()
                .map(mark -> mark.tag() + " " + mark.text())
                .collect(Collectors.joining("\n"));
    }
}
