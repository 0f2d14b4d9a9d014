package ai.sphinxv.training.benchmark.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each run of 1 to 4 words stands in a caption.
 *
 * @param words of the caption
 * @param counts [4] for runs of 1 to 4 words
 */
record NGrams(int words, List<Map<List<String>, Integer>> counts) {
    static final int LONGEST = 4;

    /** @param caption words are what Python's split finds */
    static NGrams of(String caption) {
        List<String> words = PythonText.split(caption);
        var counts = new ArrayList<Map<List<String>, Integer>>();
        for (int n = 1; n <= LONGEST; n++) {
            var some = new HashMap<List<String>, Integer>();
            for (int start = 0; start + n <= words.size(); start++) {
                some.merge(List.copyOf(words.subList(start, start + n)), 1, Integer::sum);
            }
            counts.add(some);
        }
        return new NGrams(words.size(), counts);
    }

    /** Of so many words. */
    Map<List<String>, Integer> of(int n) {
        return counts.get(n - 1);
    }

    /** Runs of so many words. */
    int total(int n) {
        return Math.max(0, words - n + 1);
    }
}
