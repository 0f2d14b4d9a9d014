package ai.sphinxv.training.benchmark.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * METEOR's 23 counts of a caption and a reference, or of many added, and the score that follows from them (metrics.md 2.5,
 * steps 5 and 6). A corpus is scored from its added counts and is no mean of captions.
 *
 * @param counts [23] words of caption and reference; function words among them, likewise; for each module the matched
 *     content words of caption and reference and the matched function words of both; chunks; matched words of caption and
 *     reference
 */
record MeteorStatistics(int[] counts) {
    private static final double ALPHA = 0.85;
    private static final double BETA = 0.2;
    private static final double GAMMA = 0.6;
    private static final double DELTA = 0.75;

    private static final int SIDES = 2;
    private static final int FUNCTION_WORDS = 2;
    private static final int MODULES = 4;
    private static final int CHUNKS = 20;
    private static final int MATCHED = 21;
    private static final int SIZE = 23;

    static MeteorStatistics none() {
        return new MeteorStatistics(new int[SIZE]);
    }

    static MeteorStatistics of(
            List<String> caption, List<String> reference, List<MeteorMatch> alignment, Set<String> functionWords) {
        int[] counts = new int[SIZE];
        counts[0] = caption.size();
        counts[1] = reference.size();
        counts[FUNCTION_WORDS] = count(caption, functionWords);
        counts[FUNCTION_WORDS + 1] = count(reference, functionWords);
        for (MeteorMatch match : alignment) {
            int module = MODULES + 2 * SIDES * match.module().ordinal();
            List<String> said = caption.subList(match.captionStart(), match.captionEnd());
            List<String> meant = reference.subList(match.start(), match.end());
            counts[module] += said.size() - count(said, functionWords);
            counts[module + 1] += meant.size() - count(meant, functionWords);
            counts[module + SIDES] += count(said, functionWords);
            counts[module + SIDES + 1] += count(meant, functionWords);
            counts[MATCHED] += said.size();
            counts[MATCHED + 1] += meant.size();
        }
        counts[CHUNKS] = chunks(alignment);
        return new MeteorStatistics(counts);
    }

    /** The one chunk of a perfect caption is not counted in a corpus. */
    MeteorStatistics plus(MeteorStatistics other) {
        int[] sum = counts.clone();
        for (int i = 0; i < SIZE; i++) {
            sum[i] += i == CHUNKS && other.isPerfect() ? 0 : other.counts[i];
        }
        return new MeteorStatistics(sum);
    }

    /** 0 to 1. */
    double score() {
        double precision = share(0);
        double recall = share(1);
        double mean = 1 / ((1 - ALPHA) / precision + ALPHA / recall);
        double matched = (counts[MATCHED] + counts[MATCHED + 1]) / 2.0;
        double fragmentation = isPerfect() ? 0 : counts[CHUNKS] / matched;
        double score = mean * (1 - GAMMA * Math.pow(fragmentation, BETA));
        return Double.isNaN(score) ? 0 : Math.max(0, score);
    }

    /** As METEOR prints them: "10.0 10.0 4.0 ...". */
    @Override
    public String toString() {
        return Arrays.stream(counts).mapToObj(count -> count + ".0").collect(Collectors.joining(" "));
    }

    private boolean isPerfect() {
        return counts[MATCHED] == counts[0] && counts[MATCHED + 1] == counts[1] && counts[CHUNKS] == 1;
    }

    /** Matched words over words of a side, function words for less. */
    private double share(int side) {
        double matched = 0;
        for (MeteorModule module : MeteorModule.values()) {
            int at = MODULES + 2 * SIDES * module.ordinal() + side;
            matched += module.weight * (DELTA * counts[at] + (1 - DELTA) * counts[at + SIDES]);
        }
        int function = counts[FUNCTION_WORDS + side];
        return matched / (DELTA * (counts[side] - function) + (1 - DELTA) * function);
    }

    /** Runs of matches that follow each other on both sides. */
    private static int chunks(List<MeteorMatch> alignment) {
        int chunks = 0;
        int end = -1;
        int captionEnd = -1;
        for (MeteorMatch match : alignment) {
            if (match.start() != end || match.captionStart() != captionEnd) {
                chunks++;
            }
            end = match.end();
            captionEnd = match.captionEnd();
        }
        return chunks;
    }

    private static int count(List<String> words, Set<String> functionWords) {
        return (int) words.stream().filter(functionWords::contains).count();
    }
}
