package ai.sphinxv.training.benchmark.metrics;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which words METEOR takes for synonyms: those that share a synset of WordNet 3.0, they or their base forms (metrics.md
 * 2.5). Synsets are known by their offset alone, as METEOR has it, so that now and then a noun shares one with a verb.
 */
final class WordNet {
    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn30/";

    /** An ending and what stands in its place in the base form: of nouns, verbs, adjectives. */
    private static final List<String[]> ENDINGS = List.of(
            ending("s", ""),
            ending("ses", "s"),
            ending("xes", "x"),
            ending("zes", "z"),
            ending("ches", "ch"),
            ending("shes", "sh"),
            ending("men", "man"),
            ending("ies", "y"),
            ending("s", ""),
            ending("ies", "y"),
            ending("es", "e"),
            ending("es", ""),
            ending("ed", "e"),
            ending("ed", ""),
            ending("ing", "e"),
            ending("ing", ""),
            ending("er", ""),
            ending("est", ""),
            ending("er", "e"),
            ending("est", "e"));

    private final Map<String, Set<Integer>> senses = new HashMap<>();
    private final Map<String, Set<String>> exceptions = new HashMap<>();
    private final Map<String, Set<Integer>> known = new HashMap<>();

    private WordNet() {}

    /** @throws FileNotFoundException if the jar with WordNet's files is not on the class path */
    static WordNet open() throws IOException {
        var wordNet = new WordNet();
        read("index.sense", line -> {
            int offset = line.indexOf(' ') + 1;
            String word = line.substring(0, line.indexOf('%'));
            wordNet.senses
                    .computeIfAbsent(word, one -> new HashSet<>())
                    .add(Integer.parseInt(line, offset, line.indexOf(' ', offset), 10));
        });
        for (String kind : List.of("noun", "verb", "adj", "adv")) {
            read(kind + ".exc", line -> {
                String[] forms = line.split(" ");
                wordNet.exceptions
                        .computeIfAbsent(forms[0], one -> new HashSet<>())
                        .addAll(List.of(forms).subList(1, forms.length));
            });
        }
        return wordNet;
    }

    /** Of the word and of its base forms; none where it is unknown. */
    Set<Integer> synsets(String word) {
        return known.computeIfAbsent(word, this::look);
    }

    private Set<Integer> look(String word) {
        var synsets = new HashSet<>(senses.getOrDefault(word, Set.of()));
        for (String base : exceptions.getOrDefault(word, Set.of(base(word)))) {
            synsets.addAll(senses.getOrDefault(base, Set.of()));
        }
        return synsets;
    }

    private String base(String word) {
        if (word.length() <= 2 || word.endsWith("ss")) {
            return word;
        }
        return ENDINGS.stream()
                .filter(ending -> word.endsWith(ending[0]))
                .map(ending -> word.substring(0, word.length() - ending[0].length()) + ending[1])
                .filter(senses::containsKey)
                .findFirst()
                .orElse(word);
    }

    private static void read(String file, Consumer<String> lines) throws IOException {
        try (InputStream resource = WordNet.class.getResourceAsStream(FOLDER + file)) {
            if (resource == null) {
                throw new FileNotFoundException("%s%s is not on the class path: METEOR needs the jar extjwnl-data-wn30"
                        .formatted(FOLDER, file));
            }
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .forEach(lines);
        }
    }

    private static String[] ending(String ending, String base) {
        return new String[] {ending, base};
    }
}
