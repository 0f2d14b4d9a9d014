package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The tokenizer of uncased BERT: lower case, accents off, punctuation and Chinese characters apart, then the longest
 * pieces that the vocabulary has. A text that spells a special token ("[CLS]") is taken as text.
 */
final class WordPiece {
    /** What all-MiniLM-L6-v2 was made for; its tokenizer.json says 128, which sentence-transformers overrides. */
    private static final int MOST_TOKENS = 256;

    private static final int LONGEST_WORD = 100;

    private final Map<String, Integer> vocabulary;

    private WordPiece(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** @param tokenizer a tokenizer.json of the tokenizers library, of which only the vocabulary is taken */
    static WordPiece read(InputStream tokenizer) throws IOException {
        JsonNode words = new ObjectMapper().readTree(tokenizer).path("model").path("vocab");
        var vocabulary = new HashMap<String, Integer>();
        words.properties()
                .forEach(word -> vocabulary.put(word.getKey(), word.getValue().asInt()));
        for (String special : List.of("[CLS]", "[SEP]", "[UNK]")) {
            if (!vocabulary.containsKey(special)) {
                throw new IOException(
                        "model.vocab of the tokenizer has no %s: this is no BERT vocabulary".formatted(special));
            }
        }
        return new WordPiece(vocabulary);
    }

    /** @return [T] ids, [CLS] first and [SEP] last; what is more than 256 is cut */
    long[] encode(String text) {
        var ids = new ArrayList<Integer>();
        ids.add(id("[CLS]"));
        for (String word : words(normal(text))) {
            ids.addAll(pieces(word));
        }
        List<Integer> kept = new ArrayList<>(ids.subList(0, Math.min(ids.size(), MOST_TOKENS - 1)));
        kept.add(id("[SEP]"));
        return kept.stream().mapToLong(Integer::longValue).toArray();
    }

    private List<Integer> pieces(String word) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            return List.of(id("[UNK]"));
        }
        var pieces = new ArrayList<Integer>();
        int start = 0;
        while (start < word.length()) {
            int end = word.length();
            while (end > start && !vocabulary.containsKey(piece(word, start, end))) {
                end--;
            }
            if (end == start) {
                return List.of(id("[UNK]"));
            }
            pieces.add(id(piece(word, start, end)));
            start = end;
        }
        return pieces;
    }

    private static String piece(String word, int start, int end) {
        return (start == 0 ? "" : "##") + word.substring(start, end);
    }

    private int id(String piece) {
        return Objects.requireNonNull(vocabulary.get(piece));
    }

    private static String normal(String text) {
        var clean = new StringBuilder();
        text.codePoints().filter(c -> !isControl(c)).forEach(c -> {
            if (isChinese(c)) {
                clean.append(' ').appendCodePoint(c).append(' ');
            } else {
                clean.appendCodePoint(PythonText.isSpace(c) ? ' ' : c);
            }
        });
        String apart = Normalizer.normalize(clean, Normalizer.Form.NFD).replaceAll("\\p{Mn}", "");
        return PythonText.lower(apart);
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean apart = isPunctuation(c);
            if ((c == ' ' || apart) && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (apart) {
                words.add(Character.toString(c));
            } else if (c != ' ') {
                word.appendCodePoint(c);
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\t' && c != '\n' && c != '\r';
            case Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED -> true;
            default -> c == 0xfffd;
        };
    }

    private static boolean isChinese(int c) {
        return c >= 0x4e00 && c <= 0x9fff
                || c >= 0x3400 && c <= 0x4dbf
                || c >= 0x20000 && c <= 0x2a6df
                || c >= 0x2a700 && c <= 0x2ceaf
                || c >= 0xf900 && c <= 0xfaff
                || c >= 0x2f800 && c <= 0x2fa1f;
    }

    /** All of ASCII that is no letter, digit or space, and what Unicode calls punctuation. */
    private static boolean isPunctuation(int c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
