package ai.sphinxv.runtime.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding's rules, and their use: again and again the pair of neighbours with the lowest rank becomes one, the
 * leftmost first. A queue of candidates makes that n log n for any text.
 */
final class Merges {
    private final Map<Long, Rule> rules = new HashMap<>();

    private record Rule(int rank, int whole) {}

    /** A pair that may be merged, if both ends are still what they were when it was queued. */
    private record Candidate(int rank, int at, int left, int right, int whole) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            return rank != other.rank ? Integer.compare(rank, other.rank) : Integer.compare(at, other.at);
        }
    }

    /** Adds the rule of the next rank; a pair that has one keeps it. */
    void add(int left, int right, int whole) {
        rules.putIfAbsent(pair(left, right), new Rule(rules.size(), whole));
    }

    /** Merges what can be merged; the argument is used up. */
    int[] apply(int[] ids) {
        int[] next = new int[ids.length];
        int[] previous = new int[ids.length];
        var queue = new PriorityQueue<Candidate>();
        for (int at = 0; at < ids.length; at++) {
            next[at] = at + 1;
            previous[at] = at - 1;
        }
        for (int at = 0; at < ids.length; at++) {
            offer(queue, ids, at, next[at]);
        }
        for (Candidate best = queue.poll(); best != null; best = queue.poll()) {
            int at = best.at();
            if (ids[at] != best.left() || next[at] >= ids.length || ids[next[at]] != best.right()) {
                continue;
            }
            ids[at] = best.whole();
            ids[next[at]] = -1;
            next[at] = next[next[at]];
            if (next[at] < ids.length) {
                previous[next[at]] = at;
            }
            offer(queue, ids, at, next[at]);
            if (previous[at] >= 0) {
                offer(queue, ids, previous[at], at);
            }
        }
        return Arrays.stream(ids).filter(id -> id >= 0).toArray();
    }

    private void offer(PriorityQueue<Candidate> queue, int[] ids, int at, int next) {
        if (next >= ids.length) {
            return;
        }
        @Nullable Rule rule = rules.get(pair(ids[at], ids[next]));
        if (rule != null) {
            queue.add(new Candidate(rule.rank(), at, ids[at], ids[next], rule.whole()));
        }
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }
}
