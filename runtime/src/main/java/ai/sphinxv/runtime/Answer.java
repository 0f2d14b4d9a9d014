package ai.sphinxv.runtime;

import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.answer.Relation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

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
            Duration image, Duration prompts, Duration text, Duration prefill, Duration decode, Duration firstToken) {

        /** With what came after; the first piece of text was this one's. */
        private Timings plus(Timings next) {
            return new Timings(
                    image.plus(next.image),
                    prompts.plus(next.prompts),
                    text.plus(next.text),
                    prefill.plus(next.prefill),
                    decode.plus(next.decode),
                    firstToken);
        }
    }

    public Answer {
        marks = List.copyOf(marks);
        relations = List.copyOf(relations);
    }

    /** With the numbers of the question that the group is of. */
    Answer about(MarkGroup group) {
        return new Answer(
                group.inWhole(text),
                marks.stream().map(group::inWhole).toList(),
                relations.stream().map(group::inWhole).toList(),
                stop,
                usage,
                timings);
    }

    /** One after another: texts in lines, tokens and times added up; cut if one of them was. */
    static Answer joined(List<Answer> answers) {
        return new Answer(
                answers.stream().map(Answer::text).collect(Collectors.joining("\n")),
                answers.stream().flatMap(answer -> answer.marks().stream()).toList(),
                answers.stream().flatMap(answer -> answer.relations().stream()).toList(),
                answers.stream().anyMatch(answer -> answer.stop() == StopReason.LENGTH)
                        ? StopReason.LENGTH
                        : StopReason.STOP,
                new Usage(
                        answers.stream()
                                .mapToInt(answer -> answer.usage().promptTokens())
                                .sum(),
                        answers.stream()
                                .mapToInt(answer -> answer.usage().answerTokens())
                                .sum()),
                answers.stream().map(Answer::timings).reduce(Timings::plus).orElseThrow());
    }
}
