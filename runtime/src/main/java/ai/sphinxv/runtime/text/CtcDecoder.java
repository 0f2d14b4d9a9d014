package ai.sphinxv.runtime.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Characters from a network that gives, for each step along a line, the probability of each character or of none
 * (connectionist temporal classification, greedy). Class 0 is none, then come the characters of the file, then a space.
 */
public final class CtcDecoder {
    private static final int NONE = 0;

    /**
     * The network is shy of spaces, above all on long lines: between two characters a space that is this likely at any
     * step counts, though none was likelier. Half of all lines with several words lack a space without this.
     */
    private static final double LIKELY_SPACE = 0.05;

    private final List<String> characters;

    /** @param characters of classes 1 and up; the space that follows them is not among them */
    public CtcDecoder(List<String> characters) {
        this.characters = characters.stream().map(CtcDecoder::narrow).toList();
    }

    /**
     * @param characters a file with one character a line, UTF-8
     * @throws UncheckedIOException if it cannot be read
     */
    public static CtcDecoder read(Path characters) {
        try {
            return new CtcDecoder(Files.readAllLines(characters));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many probabilities a step has. */
    public int classes() {
        return characters.size() + 2;
    }

    /**
     * The likeliest class of each step; of a run of equal ones the first counts, and none ends a run.
     *
     * @param probabilities [steps * classes] from place {@code at} on
     */
    public Reading decode(float[] probabilities, int at, int steps) {
        int space = classes() - 1;
        var text = new StringBuilder();
        double sum = 0;
        int read = 0;
        int before = NONE;
        double gap = 0;
        for (int step = 0; step < steps; step++) {
            int from = at + step * classes();
            int best = likeliest(probabilities, from);
            if (best == NONE || best == before || best == space) {
                gap = Math.max(gap, probabilities[from + space]);
            } else {
                if (gap > LIKELY_SPACE && read > 0) {
                    text.append(' ');
                }
                text.append(characters.get(best - 1));
                sum += probabilities[from + best];
                read++;
                gap = 0;
            }
            before = best;
        }
        return new Reading(text.toString(), read == 0 ? 0 : sum / read);
    }

    private int likeliest(float[] probabilities, int from) {
        int best = NONE;
        for (int i = 1; i < classes(); i++) {
            if (probabilities[from + i] > probabilities[from + best]) {
                best = i;
            }
        }
        return best;
    }

    /** Full-width forms of ASCII, which the network mixes into Latin lines, as what they stand for. */
    private static String narrow(String character) {
        int code = character.codePointAt(0);
        return 0xff01 <= code && code <= 0xff5e ? Character.toString(code - 0xff01 + '!') : character;
    }
}
