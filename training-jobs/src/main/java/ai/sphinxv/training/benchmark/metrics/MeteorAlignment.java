package ai.sphinxv.training.benchmark.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which of the possible matches are taken: every word in one at most, as many words as can be, in as few chunks as can
 * be (metrics.md 2.5, step 4). A beam search whose two oddities are part of METEOR's figures: counts lose their fractions
 * at every step, and the distance of a match is added to the path that goes on without it.
 */
final class MeteorAlignment {
    private static final int BEAM = 40;

    private static final Comparator<Path> BEST_FIRST = Comparator.<Path>comparingInt(path -> -path.words)
            .thenComparingInt(path -> path.chunks)
            .thenComparingInt(path -> path.distance);

    private final List<List<MeteorMatch>> matches;
    private final int captionWords;

    private MeteorAlignment(List<List<MeteorMatch>> matches, int captionWords) {
        this.matches = matches;
        this.captionWords = captionWords;
    }

    /**
     * @param matches for each word of the reference what may match from there on
     * @return the matches taken, in the reference's order
     */
    static List<MeteorMatch> align(List<List<MeteorMatch>> matches, int captionWords) {
        return new MeteorAlignment(matches, captionWords).search();
    }

    /** A choice of matches for the reference's words so far. */
    private final class Path {
        final @Nullable MeteorMatch[] taken;
        final boolean[] inReference;
        final boolean[] inCaption;
        int next;
        /** Where in the caption the last match ended, -1 after a word without one. */
        int lastEnd = -1;

        int captionCount;
        int referenceCount;
        /** Both counts together. */
        int words;

        int chunks;
        int distance;

        Path() {
            taken = new MeteorMatch[matches.size()];
            inReference = new boolean[matches.size()];
            inCaption = new boolean[captionWords];
        }

        Path(Path other) {
            taken = other.taken.clone();
            inReference = other.inReference.clone();
            inCaption = other.inCaption.clone();
            next = other.next;
            lastEnd = other.lastEnd;
            captionCount = other.captionCount;
            referenceCount = other.referenceCount;
            words = other.words;
            chunks = other.chunks;
            distance = other.distance;
        }

        void fix(MeteorMatch match) {
            taken[match.start()] = match;
            Arrays.fill(inReference, match.start(), match.end(), true);
            Arrays.fill(inCaption, match.captionStart(), match.captionEnd(), true);
        }

        boolean isFree(MeteorMatch match) {
            for (int j = match.start(); j < match.end(); j++) {
                if (inReference[j]) {
                    return false;
                }
            }
            for (int i = match.captionStart(); i < match.captionEnd(); i++) {
                if (inCaption[i]) {
                    return false;
                }
            }
            return true;
        }

        void count(MeteorMatch match) {
            double weight = match.module().searchWeight;
            captionCount = (int) (captionCount + match.captionLength() * weight);
            referenceCount = (int) (referenceCount + match.length() * weight);
            words = captionCount + referenceCount;
            if (lastEnd != -1 && match.captionStart() != lastEnd) {
                chunks++;
            }
            next = match.end();
            lastEnd = match.captionEnd();
        }

        void skip() {
            closeChunk();
            next++;
        }

        void closeChunk() {
            if (lastEnd != -1) {
                chunks++;
                lastEnd = -1;
            }
        }
    }

    private List<MeteorMatch> search() {
        List<Path> paths = new ArrayList<>(List.of(certain()));
        for (int word = 0; word < matches.size(); word++) {
            var extended = new ArrayList<Path>();
            for (Path path : best(paths)) {
                extend(path, word, extended);
            }
            paths = extended;
        }
        List<Path> last = best(paths);
        last.forEach(Path::closeChunk);
        return taken(last.stream().sorted(BEST_FIRST).findFirst().orElseThrow());
    }

    private static List<MeteorMatch> taken(Path path) {
        return Arrays.stream(path.taken).filter(Objects::nonNull).toList();
    }

    private static List<Path> best(List<Path> paths) {
        return paths.stream().sorted(BEST_FIRST).limit(BEAM).toList();
    }

    private void extend(Path path, int word, List<Path> extended) {
        MeteorMatch fixed = path.taken[word];
        if (path.inReference[word]) {
            if (word >= path.next && fixed != null) {
                path.count(fixed);
                path.distance += distance(fixed);
            }
            extended.add(path);
            return;
        }
        for (MeteorMatch match : matches.get(word)) {
            if (path.isFree(match)) {
                var with = new Path(path);
                with.fix(match);
                with.count(match);
                path.distance += distance(match);
                extended.add(with);
            }
        }
        path.skip();
        extended.add(path);
    }

    private static int distance(MeteorMatch match) {
        return Math.abs(match.start() - match.captionStart());
    }

    /** Matches without any other over their words are taken beforehand. */
    private Path certain() {
        int[] overReference = new int[matches.size()];
        int[] overCaption = new int[captionWords];
        for (List<MeteorMatch> some : matches) {
            for (MeteorMatch match : some) {
                for (int j = match.start(); j < match.end(); j++) {
                    overReference[j]++;
                }
                for (int i = match.captionStart(); i < match.captionEnd(); i++) {
                    overCaption[i]++;
                }
            }
        }
        var path = new Path();
        for (List<MeteorMatch> some : matches) {
            if (some.size() == 1 && isAlone(some.getFirst(), overReference, overCaption)) {
                path.fix(some.getFirst());
            }
        }
        return path;
    }

    private static boolean isAlone(MeteorMatch match, int[] overReference, int[] overCaption) {
        return Arrays.stream(overReference, match.start(), match.end()).allMatch(count -> count == 1)
                && Arrays.stream(overCaption, match.captionStart(), match.captionEnd())
                        .allMatch(count -> count == 1);
    }
}
