package ai.sphinxv.runtime;

import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.answer.Relation;
import java.time.Duration;
import java.util.List;

/**
 * A whole answer.
 *
 * @param text without white space at its ends
 * @param marks what it says of each mark, in its own order; a mark that it does not name is missing
 * @param relations what it says of several marks together
 */
public record Answer(
        String text, List<MarkAnswer> marks, List<Relation> relations, StopReason stop, Usage usage, Timings timings) {

    /** Why an answer ended. */
    public enum StopReason {
        /** The model was done. */
        STOP,
        /** It reached the question's limit of tokens. */
        LENGTH
    }

    /**
     * Tokens used.
     *
     * @param promptTokens picture, marks, what they say, and the words
     * @param answerTokens chosen by the model, those that end the answer included
     */
    public record Usage(int promptTokens, int answerTokens) {}

    /**
     * Where the time went.
     *
     * @param image preparing and encoding the picture
     * @param prompts encoding the marks
     * @param text what it took longer to read what the marks say, which begins with the picture
     * @param prefill reading the whole prompt
     * @param decode writing the answer
     * @param firstToken from the question to the first piece of text; to the end if there was none
     */
    public record Timings(
            Duration image, Duration prompts, Duration text, Duration prefill, Duration decode, Duration firstToken) {}

    public Answer {
        marks = List.copyOf(marks);
        relations = List.copyOf(relations);
    }
}
