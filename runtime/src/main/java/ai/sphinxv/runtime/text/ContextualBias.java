package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes likelier that a line of an answer says of a mark what an expert told of it, as speech recognizers are biased to
 * the names in their user's address book. From {@code <Region 3>:} on, the token that would go on with what was told of
 * mark 3 gains as many logits as its expert is trusted with, at the end of it the line's end does; once the line says
 * anything else, nothing gains until the next tag. A language model that learned for an hour knows when to repeat, but
 * loses a token in twenty. For one answer, one thread.
 */
public final class ContextualBias {
    private static final Pattern TAG = Pattern.compile("<(?:Region|Mark) [1-9][0-9]?>:$");
    private static final int LONGEST_TAG = "<Region 99>:".length();

    private final Tokenizer tokenizer;
    private final Map<String, List<Line>> lines = new HashMap<>();

    /** The last bytes, one character each: a tag is ASCII. */
    private String tail = "";

    private List<Line> fitting = List.of();
    private int at;

    /**
     * What one expert told of one mark.
     *
     * @param ids of its tokens
     * @param bias logits that each of them and the line's end gain
     */
    private record Line(int[] ids, float bias) {}

    /** @param told before the question */
    public ContextualBias(Tokenizer tokenizer, List<Told> told) {
        this.tokenizer = tokenizer;
        for (Told expert : told) {
            if (expert.bias() > 0) {
                for (MarkedText mark : expert.marks()) {
                    lines.computeIfAbsent(mark.tag() + ":", tag -> new ArrayList<>())
                            .add(new Line(afterColon(mark.text()), (float) expert.bias()));
                }
            }
        }
    }

    /**
     * Adds what the next token gains.
     *
     * @param logits [V]
     */
    public void add(float[] logits) {
        for (Line line : fitting) {
            if (at < line.ids().length) {
                logits[line.ids()[at]] += line.bias();
            } else {
                for (int end : tokenizer.lineEnds()) {
                    logits[end] += line.bias();
                }
            }
        }
    }

    /** Takes the token that was chosen. */
    public void next(int id) {
        if (lines.isEmpty()) {
            return;
        }
        String text = tail + new String(tokenizer.bytes(id), ISO_8859_1);
        tail = text.substring(Math.max(0, text.length() - LONGEST_TAG));
        var tag = TAG.matcher(tail);
        if (tag.find()) {
            fitting = lines.getOrDefault(tag.group(), List.of());
            at = 0;
        } else {
            fitting = fitting.stream()
                    .filter(line -> at < line.ids().length && line.ids()[at] == id)
                    .toList();
            at++;
        }
    }

    /** The text's tokens as they are cut after a tag. */
    private int[] afterColon(String text) {
        int[] ids = tokenizer.encode(": " + text);
        int colon = 0;
        while (!tokenizer.decode(ids[colon]).endsWith(":")) {
            colon++;
        }
        return Arrays.copyOfRange(ids, colon + 1, ids.length);
    }
}
