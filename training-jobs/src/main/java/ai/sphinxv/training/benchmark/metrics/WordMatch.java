package ai.sphinxv.training.benchmark.metrics;

import java.util.regex.Pattern;

/** When a reading says the word, and which words are words, by the official ICDAR script (metrics.md 3.2). */
final class WordMatch {
    private static final String SPECIAL = "!?.:,*\"()·[]/'";
    private static final int SHORTEST = 3;
    // Letters of Latin and Greek, and the hyphen; the script's own ranges.
    private static final Pattern LETTERS = Pattern.compile("[a-zA-ZÀ-ƿǄ-ɿΆ-Ͽ\\-&&[^×÷·]]*");

    private WordMatch() {}

    /** Both in capitals. The word may lose one special character at either end, the reading none. */
    static boolean endToEnd(String word, String reading) {
        if (word.equals(reading)) {
            return true;
        }
        boolean first = !word.isEmpty() && isSpecial(word.charAt(0));
        boolean last = !word.isEmpty() && isSpecial(word.charAt(word.length() - 1));
        String headless = first ? word.substring(1) : word;
        String tailless = last ? word.substring(0, word.length() - 1) : word;
        return headless.equals(reading)
                || tailless.equals(reading)
                || first
                        && last
                        && word.length() > 1
                        && word.substring(1, word.length() - 1).equals(reading);
    }

    /** Both in capitals; the word in its dictionary form. */
    static boolean spotted(String word, String reading) {
        return word.equals(reading);
    }

    /**
     * The word as a dictionary has it, without 's, hyphens and special characters at its ends; empty where no dictionary
     * has it: under three letters, or with digits or special characters within.
     */
    static String dictionaryForm(String word) {
        String form = word.endsWith("'s") || word.endsWith("'S") ? word.substring(0, word.length() - 2) : word;
        form = form.replaceAll("^-+|-+$", "");
        for (int i = 0; i < SPECIAL.length(); i++) {
            form = form.replace(SPECIAL.charAt(i), ' ');
        }
        form = PythonText.strip(form);
        return form.length() >= SHORTEST && LETTERS.matcher(form).matches() ? form : "";
    }

    private static boolean isSpecial(char character) {
        return SPECIAL.indexOf(character) >= 0;
    }
}
