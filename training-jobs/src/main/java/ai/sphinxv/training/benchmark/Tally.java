package ai.sphinxv.training.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what was right, by name, in the order in which the names came. */
final class Tally {
    private final Map<String, Share> shares = new LinkedHashMap<>();

    void count(String name, boolean right) {
        shares.put(name, share(name).plus(right));
    }

    /** None of none where nothing of that name was counted. */
    Share share(String name) {
        return shares.getOrDefault(name, new Share(0, 0));
    }

    Map<String, Share> shares() {
        return shares;
    }

    /** The mean of the shares: each name counts the same, however rare. */
    double mean() {
        return shares.values().stream().mapToDouble(Share::value).average().orElse(0);
    }
}
