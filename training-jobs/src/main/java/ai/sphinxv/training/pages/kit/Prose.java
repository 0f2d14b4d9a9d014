package ai.sphinxv.training.pages.kit;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences from templates: grammatical, and about one thing at a time. */
public final class Prose {
    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)(?::(\\w+))?}(s\\b)?");

    /** Where a should be an. */
    private static final Pattern BEFORE_VOWEL = Pattern.compile("\\b([Aa]) (?=[aeiouAEIOU])(?!uni|Uni|use|eu|one)");

    private final Kit kit;

    Prose(Kit kit) {
        this.kit = kit;
    }

    /** One of a register's templates with its slots filled. */
    public String sentence(String register) {
        Matcher slots = SLOT.matcher(kit.pick(kit.materials().words().templates(register)));
        String text = slots.replaceAll(
                slot -> Matcher.quoteReplacement(fill(slot.group(1), slot.group(2), slot.group(3) != null)));
        return Facts.capital(BEFORE_VOWEL.matcher(text).replaceAll("$1n "));
    }

    /** So many different sentences of a register. */
    public String paragraph(String register, int sentences) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++) {
            text.append(i == 0 ? "" : " ").append(sentence(register));
        }
        return text.toString();
    }

    /** The first words of a sentence, at most so many characters, without a full stop. */
    public String line(String register, int characters) {
        String text = sentence(register).replaceAll("[.,]$", "");
        if (text.length() <= characters) {
            return text;
        }
        int space = text.lastIndexOf(' ', characters);
        return text.substring(0, space < 0 ? characters : space).replaceAll("[,.;:]$", "");
    }

    private String fill(String slot, @org.jspecify.annotations.Nullable String form, boolean plural) {
        String key = slot.toLowerCase(Locale.ROOT);
        if (slot.equals("a")) {
            return withArticle(plain(form == null ? "adj" : form));
        }
        String word = plain(key);
        if ("a".equals(form)) {
            word = withArticle(word);
        } else if ("ed".equals(form)) {
            word = past(word);
        }
        if (plural) {
            word = plural(word);
        }
        boolean capital = Character.isUpperCase(slot.charAt(0));
        return capital ? Facts.capital(word) : word;
    }

    private String plain(String key) {
        Facts facts = kit.facts();
        return switch (key) {
            case "name" -> facts.person();
            case "day" -> facts.day();
            case "month" -> facts.month();
            case "date" -> facts.date();
            case "time" -> facts.time();
            case "year" -> String.valueOf(kit.between(1998, 2014));
            case "year2" -> String.valueOf(kit.between(2015, 2026));
            case "num" -> String.valueOf(kit.between(12, 980));
            case "small" -> String.valueOf(kit.between(2, 40));
            case "digit" -> String.valueOf(kit.between(1, 6));
            case "pct" -> facts.percent();
            case "money" -> facts.price("$");
            case "dec", "dec2", "dec3" -> facts.decimal(kit.real(0, 90), kit.between(1, 2));
            case "period" -> kit.pick("week", "month", "quarter", "year");
            default -> kit.word(key);
        };
    }

    private static String withArticle(String word) {
        return (List.of('a', 'e', 'i', 'o', 'u').contains(word.charAt(0)) ? "an " : "a ") + word;
    }

    private static boolean endsInConsonantAndY(String word) {
        return word.endsWith("y") && "aeiou".indexOf(word.charAt(word.length() - 2)) < 0;
    }

    static String plural(String word) {
        if (endsInConsonantAndY(word)) {
            return word.substring(0, word.length() - 1) + "ies";
        }
        return word + (word.matches(".*(s|x|ch|sh)") ? "es" : "s");
    }

    static String past(String word) {
        if (endsInConsonantAndY(word)) {
            return word.substring(0, word.length() - 1) + "ied";
        }
        return word + (word.endsWith("e") ? "d" : "ed");
    }
}
