package ai.sphinxv.training.engine;

import java.util.Map;
import java.util.TreeMap;

/** Counts by name, and their sum. */
final class Tally {
    private final TreeMap<String, Long> counts = new TreeMap<>();

    void add(String name, long count) {
        if (count != 0) {
            counts.merge(name, count, Long::sum);
        }
    }

    void addAll(Map<String, Long> others) {
        others.forEach(this::add);
    }

    long sum() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** By name. */
    Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
