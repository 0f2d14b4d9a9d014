package ai.sphinxv.training.benchmark.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What Python's str does, on which the published scripts stand (metrics.md 1.4): its white space is another one than
 * Java's, and its split never gives an empty first word.
 */
final class PythonText {
    private PythonText() {}

    static boolean isSpace(int character) {
        return character >= '\t' && character <= '\r'
                || character >= 0x1c && character <= 0x1f
                || character == 0x85
                || Character.isSpaceChar(character);
    }

    /** {@code text.split()}. */
    static List<String> split(String text) {
        var words = new ArrayList<String>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean ends = i == text.length() || isSpace(text.charAt(i));
            if (ends && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!ends && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /** {@code text.strip()}. */
    static String strip(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        int start = 0;
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start, end);
    }

    /** {@code text.lower()}. */
    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
