package ai.sphinxv.runtime.text;

import ai.sphinxv.runtime.bundle.ModelConfig.Template;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * The text by the template (reference-model 3.1), cut where the speaker changes. Training and serving both tokenize
     * segment by segment, so a trained answer starts from the very tokens that a served one starts from.
     */
    public List<Segment> segments(Template template) {
        var segments = new ArrayList<Segment>();
        String lead = template.system() + "\n\n" + template.separator();
        for (Turn turn : turns) {
            segments.add(new Segment(
                    lead + " " + template.human() + ": " + turn.question().strip() + template.stop() + " "
                            + template.assistant() + ":",
                    false));
            if (turn.answer() != null) {
                segments.add(new Segment(" " + turn.answer().strip() + template.stop(), true));
            }
            lead = "";
        }
        return segments;
    }
}
