package ai.sphinxv.training.engine;

import java.util.Map;

/** Names of what is counted on the way from lines to shards, and the sums that have to come out. */
final class Counts {
    static final String LINES_IN = "lines/in";
    static final String LINES_KEPT = "lines/kept";
    static final String LINES_DROPPED = "lines/dropped/";
    static final String ANNOTATIONS_IN = "annotations/in";
    static final String ANNOTATIONS_KEPT = "annotations/kept";
    static final String ANNOTATIONS_DROPPED = "annotations/dropped/";
    static final String SAMPLES_MADE = "samples/in";
    static final String SAMPLES_KEPT = "samples/kept";
    static final String SAMPLES_DROPPED = "samples/dropped/";

    private Counts() {}

    /**
     * What came in is what was kept and what was dropped, of lines, annotations and samples.
     *
     * @throws IllegalStateException if not
     */
    static void requireExact(Map<String, Long> counts) {
        for (String what : new String[] {"lines", "annotations", "samples"}) {
            long in = counts.getOrDefault(what + "/in", 0L);
            long kept = counts.getOrDefault(what + "/kept", 0L);
            long dropped = dropped(counts, what);
            if (in != kept + dropped) {
                throw new IllegalStateException("%d %s came in, %d were kept and %d dropped: the counts are wrong"
                        .formatted(in, what, kept, dropped));
            }
        }
    }

    static long dropped(Map<String, Long> counts, String what) {
        return counts.entrySet().stream()
                .filter(one -> one.getKey().startsWith(what + "/dropped/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
