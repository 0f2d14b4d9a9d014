package ai.sphinxv.runtime;

import ai.sphinxv.runtime.answer.AnswerParser;
import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.text.TextStream;
import java.util.List;
import java.util.function.Consumer;

/** Turns an answer's tokens into its events and, at the end, its text. For one answer, one thread. */
final class AnswerStream {
    private final TextStream pieces;
    private final int marks;
    private final Consumer<AnswerEvent> events;
    private final StringBuilder text = new StringBuilder();
    private int told;
    private long firstPiece;

    AnswerStream(TextStream pieces, int marks, Consumer<AnswerEvent> events) {
        this.pieces = pieces;
        this.marks = marks;
        this.events = events;
    }

    /** Takes the next token; false once the stop text has come. */
    boolean push(int id) {
        tell(pieces.push(id));
        return !pieces.stopped();
    }

    /** The whole text, when no more tokens come. */
    String finish() {
        tell(pieces.finish());
        tell(AnswerParser.marks(text.toString(), marks));
        return text.toString();
    }

    /** When the first piece came, or {@code otherwise} if none did; {@link System#nanoTime}. */
    long firstPiece(long otherwise) {
        return text.isEmpty() ? otherwise : firstPiece;
    }

    private void tell(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (text.isEmpty()) {
            firstPiece = System.nanoTime();
        }
        text.append(piece);
        events.accept(new AnswerEvent.Token(piece));
        if (piece.contains(":")) { // only a new section completes the one before it
            tell(AnswerParser.completeMarks(text.toString(), marks));
        }
    }

    private void tell(List<MarkAnswer> answers) {
        for (; told < answers.size(); told++) {
            events.accept(new AnswerEvent.Mark(answers.get(told)));
        }
    }
}
