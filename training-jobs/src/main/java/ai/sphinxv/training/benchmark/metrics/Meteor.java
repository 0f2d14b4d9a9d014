package ai.sphinxv.training.benchmark.metrics;

import java.util.List;
import java.util.Set;

/** METEOR 1.5 with its English defaults, as meteor.py calls it ({@code -l en -norm}; metrics.md 2.5). */
final class Meteor {
    private final MeteorNormalizer normalizer;
    private final Set<String> functionWords;
    private final MeteorMatcher matcher;

    /** @param functionWords words that count for less */
    Meteor(MeteorNormalizer normalizer, Set<String> functionWords, MeteorMatcher matcher) {
        this.normalizer = normalizer;
        this.functionWords = functionWords;
        this.matcher = matcher;
    }

    /** By the reference that gives the highest score, of equals the first. */
    MeteorStatistics statistics(String caption, List<String> references) {
        List<String> said = normalizer.words(clean(caption));
        MeteorStatistics best = null;
        for (String reference : references) {
            MeteorStatistics statistics = statistics(said, normalizer.words(reference.strip()));
            if (best == null || statistics.score() > best.score()) {
                best = statistics;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("a caption needs a reference: \"%s\" has none".formatted(caption));
        }
        return best;
    }

    /** What meteor.py does, lest a caption looks like its protocol. */
    static String clean(String caption) {
        return caption.replace("|||", "").replace("  ", " ").strip();
    }

    private MeteorStatistics statistics(List<String> caption, List<String> reference) {
        List<MeteorMatch> alignment = MeteorAlignment.align(matcher.match(caption, reference), caption.size());
        return MeteorStatistics.of(caption, reference, alignment, functionWords);
    }
}
