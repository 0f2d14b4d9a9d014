package ai.sphinxv.training.benchmark.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.regex.Pattern;

/**
 * The two scores at the head of a judge's review, read as LLaVA, Ferret, Osprey and Draw-and-Understand read them
 * (metrics.md 6.2): the first line has to be two numbers with one space or comma between. "8, 9" has two, and fails.
 *
 * @param reference of the reference answer, most often 1 to 10; -1 where the line could not be read
 * @param prediction of the model's answer, likewise
 */
public record JudgeScore(double reference, double prediction) {
    public static final JudgeScore FAILED = new JudgeScore(-1, -1);

    private static final String DIGITS = "\\p{Nd}(?:_?\\p{Nd})*";
    // Python's float, which knows digits of any script and underscores, and neither "8d" nor "0x1p3".
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:%1$s\\.?(?:%1$s)?|\\.%1$s)(?:[eE][+-]?%1$s)?".formatted(DIGITS));
    private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(?:inity)?");
    private static final Pattern NO_NUMBER = Pattern.compile("(?i)[+-]?nan");

    public boolean failed() {
        return equals(FAILED);
    }

    public static JudgeScore parse(String review) {
        String line = review.split("\n", -1)[0].replace(',', ' ');
        String[] parts = line.split(" ", -1);
        if (parts.length != 2) {
            return FAILED;
        }
        try {
            return new JudgeScore(number(parts[0]), number(parts[1]));
        } catch (NumberFormatException e) {
            return FAILED;
        }
    }

    /** judge-parse-score.json: reviews in, scores out. */
    static ArrayNode score(Field input) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Field item : input.list()) {
            String review = item.get("review").text();
            JudgeScore score = parse(review);
            var scores = json.addObject().put("review", review).putArray("expected");
            add(score.reference, scores);
            add(score.prediction, scores);
        }
        return json;
    }

    private static void add(double score, ArrayNode scores) {
        if (Double.isNaN(score)) {
            scores.addNull();
        } else if (Double.isInfinite(score)) {
            scores.add(score > 0 ? "inf" : "-inf");
        } else {
            scores.add(score);
        }
    }

    private static double number(String text) {
        String number = PythonText.strip(text);
        if (INFINITE.matcher(number).matches()) {
            return number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (NO_NUMBER.matcher(number).matches()) {
            return Double.NaN;
        }
        if (!NUMBER.matcher(number).matches()) {
            throw new NumberFormatException(text);
        }
        var ascii = new StringBuilder();
        number.codePoints().filter(c -> c != '_').forEach(c -> {
            int digit = Character.digit(c, 10);
            ascii.appendCodePoint(digit < 0 || !Character.isDigit(c) ? c : '0' + digit);
        });
        return Double.parseDouble(ascii.toString());
    }
}
