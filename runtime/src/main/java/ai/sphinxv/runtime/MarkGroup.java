package ai.sphinxv.runtime;

import ai.sphinxv.runtime.answer.MarkAnswer;
import ai.sphinxv.runtime.answer.Relation;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.text.Conversation;
import ai.sphinxv.runtime.text.Conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A question about some of another one's marks, because all of them have no room in the model. In its words, and in the
 * answer to it, the marks have numbers of their own, from 1.
 *
 * @param numbers of its marks in the whole question, from 1
 * @param whole how many marks that one has
 */
record MarkGroup(List<Integer> numbers, int whole, Question question) {

    /** {@code <Region 3>} and {@code <Mark 3>} anywhere; without brackets at the beginning of a line, as answers have it. */
    private static final Pattern TAG = Pattern.compile(
            "(<(?:Region|Mark) ?)(\\d{1,3})(>)|(^[ \\t]*(?:Region|Mark) )(\\d{1,3})([ \\t]*:)",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    /**
     * The question's marks, as many at a time as there are slots. If its words name some of them, it is about those alone and
     * asked once: what is asked of several together cannot be asked of them apart.
     *
     * @throws InvalidPromptException if its words name more than there are slots
     */
    static List<MarkGroup> of(Question question, int slots) {
        int marks = question.marks().size();
        List<Integer> named = named(question.conversation().turns().getLast().question(), marks);
        if (named.size() > slots) {
            throw new InvalidPromptException(
                    "the words name %d marks; the model looks at %d at a time: name no more of them, or none"
                            .formatted(named.size(), slots));
        }
        if (!named.isEmpty()) {
            return List.of(of(question, named));
        }
        return IntStream.iterate(1, first -> first <= marks, first -> first + slots)
                .mapToObj(first -> IntStream.range(first, Math.min(first + slots, marks + 1))
                        .boxed()
                        .toList())
                .map(numbers -> of(question, numbers))
                .toList();
    }

    private static List<Integer> named(String words, int marks) {
        return TAG.matcher(words)
                .results()
                .map(MarkGroup::number)
                .filter(number -> number >= 1 && number <= marks)
                .distinct()
                .sorted()
                .toList();
    }

    private static MarkGroup of(Question question, List<Integer> numbers) {
        int marks = question.marks().size();
        var turns = new ArrayList<Turn>();
        for (Turn turn : question.conversation().turns()) {
            String asked = inGroup(turn.question(), numbers, marks);
            String answer = turn.answer() == null ? null : inGroup(turn.answer(), numbers, marks);
            if (answer == null || !asked.isBlank() && !answer.isBlank()) {
                turns.add(new Turn(asked, answer));
            }
        }
        return new MarkGroup(
                numbers,
                marks,
                new Question(
                        question.image(),
                        numbers.stream()
                                .map(number -> question.marks().get(number - 1))
                                .toList(),
                        new Conversation(turns),
                        question.sampling(),
                        question.maxNewTokens()));
    }

    /** With the group's own numbers; lines about marks that are not in it are left out. */
    private static String inGroup(String text, List<Integer> numbers, int whole) {
        return text.lines()
                .filter(line -> TAG.matcher(line)
                        .results()
                        .map(MarkGroup::number)
                        .allMatch(number -> number < 1 || number > whole || numbers.contains(number)))
                .map(line -> TAG.matcher(line).replaceAll(tag -> {
                    int at = numbers.indexOf(number(tag));
                    return tag(tag, at < 0 ? number(tag) : at + 1);
                }))
                .collect(Collectors.joining("\n"));
    }

    /** What was said of the group, with the whole question's numbers. */
    String inWhole(String text) {
        return TAG.matcher(text).replaceAll(tag -> tag(tag, inWhole(number(tag))));
    }

    MarkAnswer inWhole(MarkAnswer answer) {
        return new MarkAnswer(inWhole(answer.mark()), inWhole(answer.text()));
    }

    Relation inWhole(Relation relation) {
        return new Relation(relation.marks().stream().map(this::inWhole).toList(), inWhole(relation.text()));
    }

    /** A number that no mark of the group has is one that none of the whole question has either. */
    private int inWhole(int number) {
        return number >= 1 && number <= numbers.size() ? numbers.get(number - 1) : whole + number;
    }

    private static int number(MatchResult tag) {
        return Integer.parseInt(tag.group(2) == null ? tag.group(5) : tag.group(2));
    }

    private static String tag(MatchResult tag, int number) {
        return tag.group(2) == null ? tag.group(4) + number + tag.group(6) : tag.group(1) + number + tag.group(3);
    }
}
