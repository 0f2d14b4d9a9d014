package ai.sphinxv.training.data;

import ai.sphinxv.training.files.WholeFile;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Learns a byte-fallback BPE vocabulary from texts and writes it as LLaMA-2's tokenizer.json is written. Pairs are
 * merged inside words only, so no piece spans a space, a line end or two digits.
 */
public final class TokenizerTrainer {
    private static final Pattern WORD = Pattern.compile("\\n?#+|▁?\\p{L}+|▁?[^\\p{L}\\s▁]|\\s|▁");
    private static final int SPECIAL = 3;

    private record Pair(String left, String right) {
        String whole() {
            return left + right;
        }
    }

    private TokenizerTrainer() {}

    /**
     * @param size pieces of the vocabulary, special tokens and 256 bytes included
     * @throws IllegalArgumentException if that does not even hold the characters of the texts
     */
    public static void train(Stream<String> texts, int size, Path file) throws IOException {
        Map<List<String>, Integer> words = count(texts);
        List<String> pieces = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        for (int value = 0; value < 256; value++) {
            pieces.add("<0x%02X>".formatted(value));
        }
        pieces.addAll(characters(words));
        if (pieces.size() > size) {
            throw new IllegalArgumentException("a vocabulary of %d does not hold bytes and characters, which are %d"
                    .formatted(size, pieces.size()));
        }
        List<Pair> merges = new ArrayList<>();
        while (pieces.size() < size) {
            Pair best = mostFrequent(words);
            if (best == null) {
                break; // every word is one piece already
            }
            merges.add(best);
            pieces.add(best.whole());
            words = merge(words, best);
        }
        while (pieces.size() < size) {
            pieces.add("<unused%d>".formatted(pieces.size()));
        }
        write(pieces, merges, file);
    }

    private static Map<List<String>, Integer> count(Stream<String> texts) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        texts.forEach(text -> WORD.matcher(text.replace(" ", "▁"))
                .results()
                .map(MatchResult::group)
                .forEach(word -> counts.merge(word, 1, Integer::sum)));
        Map<List<String>, Integer> words = new LinkedHashMap<>();
        counts.forEach((word, count) ->
                words.put(word.codePoints().mapToObj(Character::toString).toList(), count));
        return words;
    }

    /** Those of the texts and all of printable ASCII, so that any plain question has pieces. */
    private static Set<String> characters(Map<List<String>, Integer> words) {
        var characters = new TreeSet<String>();
        for (char c = '!'; c <= '~'; c++) {
            characters.add(Character.toString(c));
        }
        characters.add("▁");
        characters.add("\n");
        words.keySet().forEach(characters::addAll);
        return characters;
    }

    private static @Nullable Pair mostFrequent(Map<List<String>, Integer> words) {
        Map<Pair, Integer> pairs = new HashMap<>();
        words.forEach((word, count) -> {
            for (int i = 1; i < word.size(); i++) {
                pairs.merge(new Pair(word.get(i - 1), word.get(i)), count, Integer::sum);
            }
        });
        return pairs.entrySet().stream()
                .max(Map.Entry.<Pair, Integer>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.comparing(Pair::whole)))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static Map<List<String>, Integer> merge(Map<List<String>, Integer> words, Pair pair) {
        Map<List<String>, Integer> merged = new LinkedHashMap<>();
        words.forEach((word, count) -> {
            List<String> pieces = new ArrayList<>();
            for (String piece : word) {
                if (!pieces.isEmpty() && pieces.getLast().equals(pair.left()) && piece.equals(pair.right())) {
                    pieces.set(pieces.size() - 1, pair.whole());
                } else {
                    pieces.add(piece);
                }
            }
            merged.merge(pieces, count, Integer::sum);
        });
        return merged;
    }

    private static void write(List<String> pieces, List<Pair> merges, Path file) throws IOException {
        var json = new ObjectMapper().writerWithDefaultPrettyPrinter();
        ObjectNode root = new ObjectMapper().createObjectNode();
        var added = root.putArray("added_tokens");
        for (int id = 0; id < SPECIAL; id++) {
            added.addObject().put("id", id).put("content", pieces.get(id)).put("special", true);
        }
        var replace = root.putObject("normalizer").put("type", "Replace");
        replace.putObject("pattern").put("String", " ");
        replace.put("content", "▁");
        var model = root.putObject("model").put("type", "BPE").put("byte_fallback", true);
        var vocabulary = model.putObject("vocab");
        for (int id = 0; id < pieces.size(); id++) {
            vocabulary.put(pieces.get(id), id);
        }
        var rules = model.putArray("merges");
        merges.forEach(merge -> rules.addArray().add(merge.left()).add(merge.right()));
        WholeFile.write(file, json.writeValueAsBytes(root)); // a run that goes on takes what lies there
    }
}
