package ai.sphinxv.runtime.answer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the answer formats of reference-model 3.4: {@code <Region 1>: text}, {@code <Mark 1>:text}, {@code Region 1: text}
 * and, for several marks together, {@code <Region 1><Region 4>: text}. A section begins at the start of a line and ends
 * where the next begins, so its text may have several lines; words in parentheses (OCR) stay in it. Marks that the
 * question does not have are left out, and what is said of a mark a second time.
 */
public final class AnswerParser {

    /**
     * Markers, perhaps with the stray parenthesis that some training data has; or one without brackets. The possessive
     * "++" keeps the matcher from recursing, however often a model repeats itself.
     */
    private static final Pattern HEADER = Pattern.compile(
            "^[ \\t]*((?:<(?:Region|Mark) ?\\d{1,3}>\\)?[ \\t,]*)++|(?:Region|Mark) \\d{1,3}[ \\t]*):",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private record Section(List<Integer> marks, String text) {}

    private AnswerParser() {}

    /**
     * What the answer says of each mark, in the answer's order. If there is one mark and the answer names none, all of it
     * is about that mark.
     *
     * @param marks how many the question has
     */
    public static List<MarkAnswer> marks(String answer, int marks) {
        List<Section> sections = sections(answer);
        if (sections.isEmpty() && marks == 1 && !answer.isBlank()) {
            return List.of(new MarkAnswer(1, answer.strip()));
        }
        return marks(sections, marks);
    }

    /**
     * Of an answer that is still being written: what it says of the marks whose sections are complete, because another
     * has begun. The list only grows as the answer does, and begins as the whole answer's will.
     */
    public static List<MarkAnswer> completeMarks(String begun, int marks) {
        List<Section> sections = sections(begun);
        return sections.isEmpty() ? List.of() : marks(sections.subList(0, sections.size() - 1), marks);
    }

    /** What the answer says of several marks together. */
    public static List<Relation> relations(String answer, int marks) {
        return sections(answer).stream()
                .filter(section -> section.marks().size() > 1)
                .filter(section -> section.marks().stream().allMatch(mark -> has(marks, mark)))
                .map(section -> new Relation(section.marks(), section.text()))
                .toList();
    }

    private static List<MarkAnswer> marks(List<Section> sections, int marks) {
        var seen = new HashSet<Integer>();
        return sections.stream()
                .filter(section -> section.marks().size() == 1)
                .filter(section -> has(marks, section.marks().getFirst())
                        && seen.add(section.marks().getFirst()))
                .map(section -> new MarkAnswer(section.marks().getFirst(), section.text()))
                .toList();
    }

    private static boolean has(int marks, int mark) {
        return mark >= 1 && mark <= marks;
    }

    private static List<Section> sections(String answer) {
        var sections = new ArrayList<Section>();
        var header = HEADER.matcher(answer);
        boolean found = header.find();
        while (found) {
            var marks = NUMBER.matcher(header.group(1))
                    .results()
                    .map(number -> Integer.valueOf(number.group()))
                    .toList();
            int start = header.end();
            found = header.find();
            sections.add(new Section(
                    marks,
                    answer.substring(start, found ? header.start() : answer.length())
                            .strip()));
        }
        return sections;
    }
}
