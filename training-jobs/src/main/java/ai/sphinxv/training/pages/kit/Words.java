package ai.sphinxv.training.pages.kit;

import ai.sphinxv.training.scenes.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of one split by kind, and templates of sentences by register. No word of a kind is in both splits. */
public final class Words {
    /** Whole phrases, not words, stand between bars. */
    private static final String BAR = "\\|";

    /** Shares of a kind's words, in hundredths, that are for training. */
    private static final int HALF = 50;

    private static final int MOST = 70;

    private final Map<String, List<String>> kinds;
    private final Map<String, List<String>> templates;

    private Words(Map<String, List<String>> kinds, Map<String, List<String>> templates) {
        this.kinds = kinds;
        this.templates = templates;
    }

    /** Those in this jar; validation's are training's. */
    public static Words of(Split split) {
        Map<String, List<String>> kinds = new HashMap<>();
        for (String line : Resources.lines("words.txt")) {
            String kind = kind(line);
            String[] all = rest(line).split(line.contains("|") ? BAR : " ");
            List<String> words = kinds.computeIfAbsent(kind, k -> new ArrayList<>());
            for (String word : all) {
                if (isHeldOut(word, kind.startsWith("ui.") ? MOST : HALF) == (split == Split.HELD_OUT)) {
                    words.add(word);
                }
            }
        }
        Map<String, List<String>> templates = new HashMap<>();
        Resources.lines("sentences.txt")
                .forEach(line -> templates
                        .computeIfAbsent(kind(line), k -> new ArrayList<>())
                        .add(rest(line)));
        return new Words(kinds, templates);
    }

    /** The words of a kind, for instance {@code item} or {@code ui.button}. */
    public List<String> all(String kind) {
        List<String> words = kinds.get(kind);
        if (words == null) {
            throw new IllegalArgumentException("words.txt has no kind " + kind);
        }
        return words;
    }

    /** The templates of a register, for instance {@code news}. */
    List<String> templates(String register) {
        List<String> found = templates.get(register);
        if (found == null) {
            throw new IllegalArgumentException("sentences.txt has no register " + register);
        }
        return found;
    }

    /** Whether a key falls to the held-out part, by a hash that never changes. */
    static boolean isHeldOut(String key, int trainingPercent) {
        int mixed = key.hashCode() * 0x9E37_79B1;
        return Math.floorMod(mixed ^ mixed >>> 15, 100) >= trainingPercent;
    }

    private static String kind(String line) {
        return line.substring(1, line.indexOf(']'));
    }

    private static String rest(String line) {
        return line.substring(line.indexOf(']') + 2);
    }
}
