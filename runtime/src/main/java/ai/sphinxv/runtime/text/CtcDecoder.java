package ai.sphinxv.runtime.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** Of a character that the network does not know: neither for it nor against it. */
    private static final double UNKNOWN = 0.1;

    /** What nothing is less likely than: one step must not rule out a text. */
    private static final double TINY = 1e-6;

    private static final double IMPOSSIBLE = Double.NEGATIVE_INFINITY;

    /** Of classes 1 and up; the last is a space. */
    private final List<String> characters;

    /** Classes of spaces: the last, and those that the file has itself. */
    private final int[] spaces;

    /** @param characters of classes 1 and up; the space that follows them is not among them */
    public CtcDecoder(List<String> characters) {
        this.characters = Stream.concat(characters.stream().map(CtcDecoder::narrow), Stream.of(" "))
                .toList();
        this.spaces = classesOf(' ');
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
        return 1 + characters.size();
    }

    /**
     * The likeliest class of each step; of a run of equal ones the first counts, and none ends a run.
     *
     * @param probabilities [steps * classes] from place {@code at} on
     */
    public Reading decode(float[] probabilities, int at, int steps) {
        var text = new StringBuilder();
        double sum = 0;
        double least = 1;
        int read = 0;
        int before = NONE;
        double gap = 0;
        for (int step = 0; step < steps; step++) {
            int from = at + step * classes();
            int best = likeliest(probabilities, from);
            if (best == NONE || best == before || characters.get(best - 1).equals(" ")) {
                gap = Math.max(gap, of(spaces, probabilities, from));
            } else {
                if (gap > LIKELY_SPACE && read > 0) {
                    text.append(' ');
                }
                text.append(characters.get(best - 1));
                sum += probabilities[from + best];
                least = Math.min(least, probabilities[from + best]);
                read++;
                gap = 0;
            }
            before = best;
        }
        return read == 0 ? new Reading("", 0, 0) : new Reading(text.toString(), sum / read, least);
    }

    /**
     * How likely the network thinks a text, whatever lies between its characters: the forward algorithm of Graves et al.
     * (2006), where a space counts as none. A character that the network does not know is as likely as {@link #UNKNOWN}
     * everywhere.
     *
     * @param probabilities [steps * classes]
     * @return the natural logarithm of its probability; minus infinity if it has more characters than there are steps
     */
    public double likelihood(String text, float[] probabilities, int steps) {
        int[][] classes = text.codePoints()
                .filter(character -> character != ' ')
                .mapToObj(this::classesOf)
                .toArray(int[][]::new);
        // at 2 * i the place before character i, at 2 * i + 1 the character: logarithms of having come so far
        double[] places = new double[2 * classes.length + 1];
        Arrays.fill(places, IMPOSSIBLE);
        places[0] = 0;
        for (int step = 0; step < steps; step++) {
            int from = step * classes();
            double none = Math.log(probabilities[from + NONE] + of(spaces, probabilities, from) + TINY);
            for (int place = places.length - 1; place >= 0; place--) {
                double come = place == 0 ? places[0] : either(places[place], places[place - 1]);
                if (place % 2 == 1) {
                    int i = place / 2;
                    if (i > 0 && !Arrays.equals(classes[i], classes[i - 1])) {
                        come = either(come, places[place - 2]);
                    }
                    places[place] = come + Math.log(of(classes[i], probabilities, from) + TINY);
                } else {
                    places[place] = come + none;
                }
            }
        }
        return classes.length == 0 ? places[0] : either(places[places.length - 1], places[places.length - 2]);
    }

    /** The logarithm of the sum of two numbers of which the logarithms are given. */
    private static double either(double a, double b) {
        double larger = Math.max(a, b);
        return larger == IMPOSSIBLE ? IMPOSSIBLE : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
    }

    private static double of(int[] classes, float[] probabilities, int from) {
        double sum = classes.length == 0 ? UNKNOWN : 0;
        for (int each : classes) {
            sum += probabilities[from + each];
        }
        return sum;
    }

    private int[] classesOf(int character) {
        String wanted = Character.toString(character);
        return IntStream.range(1, classes())
                .filter(i -> characters.get(i - 1).equals(wanted))
                .toArray();
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
