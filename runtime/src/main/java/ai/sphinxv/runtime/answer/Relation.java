package ai.sphinxv.runtime.answer;

import java.util.List;

/**
 * What an answer says of several marks together.
 *
 * @param marks 1 for the first mark of the question, in the answer's order
 */
public record Relation(List<Integer> marks, String text) {
    public Relation {
        marks = List.copyOf(marks);
    }
}
