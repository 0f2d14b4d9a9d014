package ai.sphinxv.runtime.text;

import ai.sphinxv.runtime.bundle.ModelConfig;
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

    /** {@link #segments(ModelConfig, List)} of a conversation about marks of which no text was read. */
    public List<Segment> segments(Template template) {
        return segments(template, template.system() + "\n\n" + template.separator());
    }

    /**
     * The text by the template (reference-model 3.1), cut where the speaker changes. Training and serving both tokenize
     * segment by segment, so a trained answer starts from the very tokens that a served one starts from.
     *
     * @param read what the marks say, told before the first question by the speaker that {@link ModelConfig.Reader} names
     * @throws IllegalArgumentException if something was read but the model has no reader
     */
    public List<Segment> segments(ModelConfig config, List<MarkedText> read) {
        Template template = config.template();
        if (read.isEmpty()) {
            return segments(template);
        }
        if (config.reader() == null) {
            throw new IllegalArgumentException(
                    "the model %s has no text reader, but text was read".formatted(config.name()));
        }
        var told = new StringBuilder(template.system() + "\n\n" + template.separator());
        told.append(' ').append(config.reader().role()).append(':');
        for (int i = 0; i < read.size(); i++) {
            told.append(i == 0 ? " " : "\n")
                    .append(read.get(i).tag())
                    .append(' ')
                    .append(read.get(i).text());
        }
        var segments = new ArrayList<>(List.of(new Segment(told + template.stop(), false)));
        segments.addAll(segments(template, ""));
        return segments;
    }

    private List<Segment> segments(Template template, String before) {
        var segments = new ArrayList<Segment>();
        String lead = before;
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
