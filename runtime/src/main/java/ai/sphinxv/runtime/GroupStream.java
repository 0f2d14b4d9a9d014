package ai.sphinxv.runtime;

import java.util.function.Consumer;

/**
 * The events of an answer about a group of marks as those of the answer about all of them: numbers are the whole question's,
 * so text comes line by line, since a mark's number may come in two pieces. For one answer, one thread.
 */
final class GroupStream implements Consumer<AnswerEvent> {
    private final MarkGroup group;
    private final Consumer<AnswerEvent> events;
    private final StringBuilder held = new StringBuilder();

    /** @param lead what stands between this answer and the one before it */
    GroupStream(MarkGroup group, String lead, Consumer<AnswerEvent> events) {
        this.group = group;
        this.events = events;
        held.append(lead);
    }

    @Override
    public void accept(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Token token -> {
                held.append(token.text());
                tell(held.lastIndexOf("\n") + 1);
            }
            case AnswerEvent.Mark mark -> {
                tell(held.lastIndexOf("\n") + 1);
                events.accept(new AnswerEvent.Mark(group.inWhole(mark.mark())));
            }
        }
    }

    /** When no more comes. */
    void finish() {
        tell(held.length());
    }

    private void tell(int length) {
        if (length > 0) {
            events.accept(new AnswerEvent.Token(group.inWhole(held.substring(0, length))));
            held.delete(0, length);
        }
    }
}
