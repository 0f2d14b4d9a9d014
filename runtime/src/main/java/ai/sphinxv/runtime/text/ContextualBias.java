package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Objects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes likelier that a line of an answer says of a mark what an expert told of it, as speech recognizers are biased to
 * the names in their user's address book: a language model that learned for an hour knows when to repeat, but loses a token
 * in twenty, and then the thread. For one answer, one thread.
 *
 * <p>Once a line has begun to repeat a reading, the token that goes on with it gains the reader's bias, and at the end of it
 * the line's end does. Whether to repeat it is left to the language model: right after {@code <Region 3>:} what was read
 * of mark 3 gains half, but what was read of other marks loses all of the bias. A name gains as much as its expert is sure
 * of it, from its first token on, but only where the language model is about to give one: a word in lower case that is not
 * what was read. A question for the text of a thing is no question for its name.
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
     * @param first what its first token gains
     * @param rivals tokens with which an answer may take it for another mark's; they lose the bias
     * @param bias what the others gain
     * @param name whether it is one, with which a description may begin; a reading is all of its line
     */
    private record Line(int[] ids, float first, int[] rivals, float bias, boolean name) {}

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
                addReadings(expert.marks(), (float) reader.bias());
            } else if (objects != null && expert.role().equals(objects.role())) {
                addNames(expert.marks(), objects);
            }
        }
    }

    private void addReadings(List<MarkedText> marks, float bias) {
        if (bias == 0) {
            return;
        }
        int[] beginnings = marks.stream()
                .mapToInt(mark -> afterColon(mark.text())[0])
                .distinct()
                .toArray();
        for (MarkedText mark : marks) {
            int[] ids = afterColon(mark.text());
            int[] rivals = Arrays.stream(beginnings).filter(id -> id != ids[0]).toArray();
            add(mark, new Line(ids, BEGINNING * bias, rivals, bias, false));
        }
    }

    private void addNames(List<MarkedText> marks, Objects objects) {
        for (MarkedText mark : marks) {
            double sureness = (mark.confidence() - objects.confidence()) / (1 - objects.confidence());
            float bias = (float) (objects.bias() * Math.max(0, sureness));
            if (bias > 0) {
                add(mark, new Line(afterColon(mark.text()), bias, new int[0], bias, true));
            }
        }
    }

    private void add(MarkedText mark, Line line) {
        lines.computeIfAbsent(mark.tag() + ":", tag -> new ArrayList<>()).add(line);
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
        if (!repeated.isEmpty()) {
            boolean naming = isName(likeliest(logits));
            repeated.forEach(one -> one.add(logits, naming));
        }
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        return best;
    }

    /** Whether an answer that goes on with this token seems to name the mark rather than to read, describe or decline. */
    private boolean isName(int id) {
        String piece = new String(tokenizer.bytes(id), UTF_8).strip();
        return !piece.isEmpty()
                && Character.isLowerCase(piece.codePointAt(0))
                && repeated.stream()
                        .noneMatch(one -> !one.line.name() && one.line.ids()[0] == id);
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

        void add(float[] logits, boolean naming) {
            if (at == 0 && line.name() && !naming) {
                return;
            }
            if (at == 0) {
                logits[line.ids()[0]] += line.first();
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
