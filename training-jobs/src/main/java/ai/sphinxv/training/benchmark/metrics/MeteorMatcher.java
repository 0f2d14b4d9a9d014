package ai.sphinxv.training.benchmark.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tartarus.snowball.ext.englishStemmer;

/** Finds all that may match in a caption and a reference (metrics.md 2.5, step 3); what does is for the alignment. */
final class MeteorMatcher {
    private final WordNet wordNet;
    private final Map<List<String>, Set<List<String>>> paraphrases;
    private final Map<String, String> stems = new HashMap<>();
    private final int longest;

    MeteorMatcher(WordNet wordNet, ParaphraseTable table) {
        this.wordNet = wordNet;
        this.paraphrases = table.phrases();
        this.longest = paraphrases.keySet().stream().mapToInt(List::size).max().orElse(0);
    }

    /** @return for each word of the reference what may match from there on, in the order in which METEOR finds it */
    List<List<MeteorMatch>> match(List<String> caption, List<String> reference) {
        List<List<MeteorMatch>> matches = new ArrayList<>();
        for (int j = 0; j < reference.size(); j++) {
            matches.add(new ArrayList<>());
        }
        for (MeteorModule module : MeteorModule.values()) {
            if (module == MeteorModule.PARAPHRASE) {
                paraphrases(caption, reference, matches);
            } else {
                words(caption, reference, module, matches);
            }
            if (caption.equals(reference)) {
                break; // then words match themselves and nothing else is tried
            }
        }
        return matches;
    }

    private void words(
            List<String> caption, List<String> reference, MeteorModule module, List<List<MeteorMatch>> matches) {
        for (int j = 0; j < reference.size(); j++) {
            for (int i = 0; i < caption.size(); i++) {
                if (same(caption.get(i), reference.get(j), module)) {
                    matches.get(j).add(MeteorMatch.ofWords(j, i, module));
                }
            }
        }
    }

    private boolean same(String word, String other, MeteorModule module) {
        boolean equal = word.equals(other);
        return switch (module) {
            case EXACT -> equal;
            case STEM -> !equal && stem(word).equals(stem(other));
            case SYNONYM -> !equal && !Collections.disjoint(wordNet.synsets(word), wordNet.synsets(other));
            case PARAPHRASE -> false;
        };
    }

    private String stem(String word) {
        return stems.computeIfAbsent(word, one -> {
            var stemmer = new englishStemmer();
            stemmer.setCurrent(one);
            stemmer.stem();
            return stemmer.getCurrent();
        });
    }

    /** A phrase of either side whose paraphrase stands in the other. */
    private void paraphrases(List<String> caption, List<String> reference, List<List<MeteorMatch>> matches) {
        for (int i = 0; i < caption.size(); i++) {
            for (int length = 1; length <= Math.min(longest, caption.size() - i); length++) {
                for (List<String> other : of(caption, i, length)) {
                    for (int j : places(other, reference)) {
                        matches.get(j).add(new MeteorMatch(j, other.size(), i, length, MeteorModule.PARAPHRASE));
                    }
                }
            }
        }
        for (int j = 0; j < reference.size(); j++) {
            for (int length = 1; length <= Math.min(longest, reference.size() - j); length++) {
                for (List<String> other : of(reference, j, length)) {
                    for (int i : places(other, caption)) {
                        matches.get(j).add(new MeteorMatch(j, length, i, other.size(), MeteorModule.PARAPHRASE));
                    }
                }
            }
        }
    }

    private Set<List<String>> of(List<String> words, int start, int length) {
        return paraphrases.getOrDefault(words.subList(start, start + length), Set.of());
    }

    private static List<Integer> places(List<String> phrase, List<String> words) {
        var places = new ArrayList<Integer>();
        for (int start = 0; start + phrase.size() <= words.size(); start++) {
            if (words.subList(start, start + phrase.size()).equals(phrase)) {
                places.add(start);
            }
        }
        return places;
    }
}
