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

    /** Who says a segment. */
    public enum Speaker {
        EXPERT,
        HUMAN,
        ASSISTANT
    }

    /**
     * A stretch of the conversation's text that is tokenized by itself.
     *
     * @param speaker only the assistant's tokens count in the training loss
     */
    public record Segment(String text, Speaker speaker) {}

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
                segments.add(new Segment(
                        lead + " " + expert.role() + ": " + lines(expert) + template.stop(), Speaker.EXPERT));
                lead.setLength(0);
            }
        }
        for (Turn turn : turns) {
            segments.add(new Segment(
                    lead + " " + template.human() + ": " + turn.question().strip() + template.stop() + " "
                            + template.assistant() + ":",
                    Speaker.HUMAN));
            if (turn.answer() != null) {
                segments.add(new Segment(" " + turn.answer().strip() + template.stop(), Speaker.ASSISTANT));
            }
            lead.setLength(0);
        }
        return segments;
    }

    /** As an answer's lines are, so that what comes after a tag there came after it here. */
    private static String lines(Told expert) {
        return expert.marks().stream()
                .map(mark -> mark.tag() + ": " + mark.text())
                .collect(Collectors.joining("\n"));
    }
}
