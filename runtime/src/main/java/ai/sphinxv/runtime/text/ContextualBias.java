package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ai.sphinxv.runtime.bundle.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes likelier that a line of an answer says of a mark what an expert told of it, as speech recognizers are biased to
 * the names in their user's address book: a language model that learned for an hour knows when to repeat, but loses a token
 * in twenty, and then the thread. Once a line has begun to, the token that goes on with it gains the expert's bias, and at
 * the end of it the line's end does. Whether to repeat is left to the language model: right after {@code <Region 3>:} what
 * was told of mark 3 gains half, but what it might be confused with loses all of the bias: what the expert told of other
 * marks, or the other names that it knows. For one answer, one thread.
 */
public final class ContextualBias {
    private static final Pattern TAG = Pattern.compile("<(?:Region|Mark) [1-9][0-9]?>:$");
    private static final int LONGEST_TAG = "<Region 99>:".length();
    private static final float BEGINNING = 0.5f;

    /** Told tokens that may be left out, and others that may come between, before a line counts as its own. */
    private static final int ASTRAY = 2;

    private final Tokenizer tokenizer;
    private final Map<String, List<Line>> lines = new HashMap<>();

    /** The last bytes, one character each: a tag is ASCII. */
    private String tail = "";

    private final List<Repetition> repeated = new ArrayList<>();

    /**
     * What one expert told of one mark.
     *
     * @param ids of its tokens
     * @param rivals tokens with which what it might be confused with begins
     * @param name whether it is one of a few, with which a description may begin too
     */
    private record Line(int[] ids, int[] rivals, boolean name, float bias) {}

    /**
     * @param config how far its experts are trusted
     * @param told before the question
     */
    public ContextualBias(Tokenizer tokenizer, ModelConfig config, List<Told> told) {
        this.tokenizer = tokenizer;
        var reader = config.reader();
        var objects = config.objects();
        for (Told expert : told) {
            if (reader != null && expert.role().equals(reader.role())) {
                List<String> texts =
                        expert.marks().stream().map(MarkedText::text).toList();
                add(expert, false, texts, (float) reader.bias());
            } else if (objects != null && expert.role().equals(objects.role())) {
                add(expert, true, objects.names(), (float) objects.bias());
            }
        }
    }

    /** @param others what it might have told of a mark instead */
    private void add(Told expert, boolean names, List<String> others, float bias) {
        if (bias == 0 || expert.marks().isEmpty()) {
            return;
        }
        int[] beginnings = others.stream()
                .mapToInt(other -> afterColon(other)[0])
                .distinct()
                .toArray();
        for (MarkedText mark : expert.marks()) {
            int[] ids = afterColon(mark.text());
            int[] rivals = Arrays.stream(beginnings).filter(id -> id != ids[0]).toArray();
            lines.computeIfAbsent(mark.tag() + ":", tag -> new ArrayList<>()).add(new Line(ids, rivals, names, bias));
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

    /**
     * Adds what the next token gains.
     *
     * @param logits [V]
     */
    public void add(float[] logits) {
        repeated.forEach(one -> one.add(logits));
    }

    /** Takes the token that was chosen. */
    public void next(int id) {
        if (lines.isEmpty()) {
            return;
        }
        String piece = new String(tokenizer.bytes(id), ISO_8859_1);
        String text = tail + piece;
        tail = text.substring(Math.max(0, text.length() - LONGEST_TAG));
        repeated.removeIf(one -> piece.contains("\n") || !one.takes(id));
        var tag = TAG.matcher(tail);
        if (tag.find()) {
            repeated.clear();
            lines.getOrDefault(tag.group(), List.of()).forEach(line -> repeated.add(new Repetition(line)));
        }
    }

    /** How far an answer's line has repeated what was told. */
    private final class Repetition {
        private final Line line;
        private int at;
        private int astray;

        Repetition(Line line) {
            this.line = line;
        }

        void add(float[] logits) {
            if (at == 0) {
                logits[line.ids()[0]] += line.name() ? 0 : BEGINNING * line.bias();
                for (int rival : line.rivals()) {
                    logits[rival] -= line.bias();
                }
            } else if (at < line.ids().length) {
                logits[line.ids()[at]] += line.bias();
            } else if (!line.name()) {
                for (int end : tokenizer.lineEnds()) {
                    logits[end] += line.bias();
                }
            }
        }

        /** Whether the line may still be that with this token. */
        boolean takes(int id) {
            int furthest = at == 0 ? 1 : Math.min(at + 1 + ASTRAY, line.ids().length);
            for (int next = at; next < furthest; next++) {
                if (line.ids()[next] == id) {
                    at = next + 1;
                    astray = 0;
                    return true;
                }
            }
            astray++;
            return at > 0 && astray <= ASTRAY;
        }
    }
}
