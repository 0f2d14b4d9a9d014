package ai.sphinxv.runtime.text;

import ai.sphinxv.runtime.bundle.ModelConfig.Objects;
import ai.sphinxv.runtime.bundle.ModelConfig.Reader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an expert read or found in a mark, as the language model is told it.
 *
 * @param tag how the words name the mark, for instance {@code <Region 1>}
 * @param text in one line: a line break becomes a space
 * @param confidence of the expert, 0 to 1
 */
public record MarkedText(String tag, String text, double confidence) {
    private static final double SURE_OF_ONE = 0.95;
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    public MarkedText {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is from 0 to 1, got " + confidence);
        }
        text = LINE_BREAK.matcher(text).replaceAll(" ").strip();
    }

    /** What is so. */
    public MarkedText(String tag, String text) {
        this(tag, text, 1);
    }

    /**
     * What was read, if it is worth telling. A text longer than the reader's limit is cut and ends with an ellipsis: the
     * model sees and answers only so much of it.
     *
     * @param confidence of the reading, 0 to 1
     * @return null if the reading is less sure than the reader's limit, or has neither letter nor digit; a single character
     *     needs to be surer, since a post or a wheel is easily read as an I or an O
     */
    public static @Nullable MarkedText of(String tag, String reading, double confidence, Reader reader) {
        long characters = reading.codePoints().filter(c -> c != ' ').count();
        double least = characters > 1 ? reader.confidence() : Math.max(SURE_OF_ONE, reader.confidence());
        if (confidence < least || reading.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return null;
        }
        String text = new MarkedText(tag, reading).text();
        if (text.codePointCount(0, text.length()) > reader.longest()) {
            text = text.substring(0, text.offsetByCodePoints(0, reader.longest() - 1)) + "…";
        }
        return new MarkedText(tag, text, confidence);
    }

    /**
     * The name of the class whose likelihoods in the whole square and in its quarters add up to most.
     *
     * @param scores [2 * classes] under the mark, of the whole square, then of its quarters
     * @return null if their mean is less than the limit
     */
    public static @Nullable MarkedText of(String tag, float[] scores, Objects objects) {
        int classes = objects.names().size();
        int best = 0;
        double most = -1;
        for (int i = 0; i < classes; i++) {
            double likelihood = (likelihood(scores[i]) + likelihood(scores[classes + i])) / 2;
            if (likelihood > most) {
                most = likelihood;
                best = i;
            }
        }
        return most < objects.confidence()
                ? null
                : new MarkedText(tag, objects.names().get(best), most);
    }

    private static double likelihood(float score) {
        return 1 / (1 + Math.exp(-score));
    }
}
