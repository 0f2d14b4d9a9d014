package ai.sphinxv.training.benchmark.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** METEOR's own tokenizer, which it runs over captions that have been tokenized before (metrics.md 2.5, step 2). */
final class MeteorNormalizer {
    private static final String LETTER = "A-Za-zŠŽšžŸÀ-ÖØ-öø-ž\\u0400-\\u04FF\\u1D00-\\u1D7F";
    private static final String ALNUM = "0-9" + LETTER;
    private static final Pattern SYMBOL = Pattern.compile("([^%s\\s.'`,\\-‘’])".formatted(ALNUM));
    private static final Pattern DOTS = Pattern.compile("\\.{2,}");
    private static final Pattern COMMA = Pattern.compile("(?<![0-9]),|,(?![0-9])");
    private static final Pattern DASH = Pattern.compile("([%1$s.])-([%1$s])".formatted(ALNUM));
    private static final Pattern SPACES = Pattern.compile("[\\s\\u2000-\\u200A\\u202F\\u205F\\u3000\\u00A0]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9].*");
    private static final Pattern ANY_LETTER = Pattern.compile("[%s]".formatted(LETTER));
    /** Stands for a dot of "...", while other dots are looked at. */
    private static final char DOT_KEPT = '\uE000';

    private final Set<String> prefixes = new HashSet<>();
    private final Set<String> prefixesOfNumbers = new HashSet<>();

    /** @param lines of nonbreaking-prefixes-en.txt: words that keep their dot, some only before a number */
    MeteorNormalizer(List<String> lines) {
        for (String line : lines) {
            String word = line.strip();
            if (word.contains("#NUMERIC_ONLY#")) {
                prefixesOfNumbers.add(word.substring(0, word.indexOf('#')).strip());
            } else if (!word.isEmpty() && !word.startsWith("#")) {
                prefixes.add(word);
            }
        }
    }

    List<String> words(String caption) {
        String text = SYMBOL.matcher(" " + caption + " ").replaceAll(" $1 ");
        text = DOTS.matcher(text)
                .replaceAll(dots ->
                        " " + String.valueOf(DOT_KEPT).repeat(dots.group().length()) + " ");
        text = COMMA.matcher(text).replaceAll(" , ");
        text = text.replaceAll("[`‘’]", "'").replaceAll("[“”]|''", " \" ");
        text = text.replace("–", "-").replace("--", "-");
        text = DASH.matcher(text).replaceAll("$1 $2");
        text = finalDots(apostrophes(text)).replace(DOT_KEPT, '.');
        String words = SPACES.matcher(text).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        return words.isEmpty() ? List.of() : List.of(words.split(" "));
    }

    /** In English a part of the word that follows: "dog 's", "1990 's". */
    private static String apostrophes(String text) {
        return text.replaceAll("([^%1$s])'([^%1$s])".formatted(LETTER), "$1 ' $2")
                .replaceAll("([^%s])'([%s])".formatted(ALNUM, LETTER), "$1 ' $2")
                .replaceAll("([%1$s])'([^%1$s])".formatted(LETTER), "$1 ' $2")
                .replaceAll("([%1$s])'([%1$s])".formatted(LETTER), "$1 '$2")
                .replaceAll("([0-9])'s", "$1 's");
    }

    private String finalDots(String text) {
        String[] words = SPACES.matcher(text).replaceAll(" ").strip().split(" ");
        for (int i = 0; i < words.length; i++) {
            if (words[i].length() > 1 && words[i].endsWith(".")) {
                words[i] = finalDot(
                        words[i].substring(0, words[i].length() - 1), i + 1 < words.length ? words[i + 1] : "");
            }
        }
        return String.join(" ", words);
    }

    private String finalDot(String word, String next) {
        if (word.contains(".") && ANY_LETTER.matcher(word).find()) {
            return word.replace(".", ""); // "u.s." is "us"
        }
        boolean keeps = prefixes.contains(word)
                || !next.isEmpty() && Character.isLowerCase(next.charAt(0))
                || prefixesOfNumbers.contains(word) && NUMBER.matcher(next).matches();
        return word + (keeps ? "." : " .");
    }
}
