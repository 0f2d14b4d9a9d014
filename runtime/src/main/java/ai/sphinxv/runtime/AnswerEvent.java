package ai.sphinxv.runtime;

import ai.sphinxv.runtime.answer.MarkAnswer;

/** What an answer tells while it is being written. */
public sealed interface AnswerEvent {

    /** The next piece of text; never empty. All pieces together are {@link Answer#text}. */
    record Token(String text) implements AnswerEvent {}

    /** All that the answer says of one mark, as soon as it says something of the next. */
    record Mark(MarkAnswer mark) implements AnswerEvent {}
}
