package ai.sphinxv.runtime.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a line says the same again and again, as small language models do once they have lost the thread: they never
 * find out by themselves, and use up all that was left for other marks. For one answer, one thread.
 */
final class Stutter {
    /** So many times the same tokens in a row, two or more. */
    private static final int TIMES = 4;

    /** So many times one token: an ellipsis or a ruled line is no stutter. */
    private static final int TIMES_ONE = 8;

    private final List<Integer> line = new ArrayList<>();

    void next(int id) {
        line.add(id);
    }

    void newLine() {
        line.clear();
    }

    /** Whether the last tokens are one sequence, several times over. */
    boolean isHeard() {
        if (repeats(1, TIMES_ONE)) {
            return true;
        }
        for (int period = 2; period * TIMES <= line.size(); period++) {
            if (repeats(period, TIMES)) {
                return true;
            }
        }
        return false;
    }

    private boolean repeats(int period, int times) {
        int first = line.size() - period * times;
        if (first < 0) {
            return false;
        }
        for (int i = first + period; i < line.size(); i++) {
            if (!line.get(i).equals(line.get(i - period))) {
                return false;
            }
        }
        return true;
    }
}
