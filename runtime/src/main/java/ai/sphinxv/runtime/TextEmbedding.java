package ai.sphinxv.runtime;

import ai.sphinxv.runtime.graph.TokenEmbedding;
import ai.sphinxv.runtime.text.NamedMarks;
import org.jspecify.annotations.Nullable;

/**
 * Embeds a text's tokens in their order. Where the model has it so, a token that is about a mark carries the mark's
 * own embedding too. For one text, one thread.
 *
 * @param marks [prompt tokens * H]: a start, the slots, an end
 * @param named null where tags are words like others
 */
record TextEmbedding(
        TokenEmbedding table, float[] marks, @Nullable NamedMarks named) {

    /** @return [H] */
    float[] embed(int id) {
        float[] row = table.embed(id);
        addMark(id, row, 0);
        return row;
    }

    /** Writes the token's [H] numbers into {@code target} from {@code at}. */
    void copy(int id, float[] target, int at) {
        table.copy(id, target, at);
        addMark(id, target, at);
    }

    private void addMark(int id, float[] target, int at) {
        if (named == null) {
            return;
        }
        var about = named.next(id);
        if (about.share() > 0) {
            int width = table.width();
            int row = (1 + about.slot()) * width; // after the start
            for (int i = 0; i < width; i++) {
                target[at + i] += about.share() * marks[row + i];
            }
        }
    }
}
