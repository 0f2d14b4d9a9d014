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
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes likelier that a line of an answer says of a mark what an expert told of it, as speech recognizers are biased to
 * the names in their user's address book: a language model that learned for an hour knows when to repeat, but loses a token
 * in twenty, and then the thread. For one answer, one thread.
 *
 * <p>A reading may begin right after {@code <Region 3>:} and after an opening quote. Once it has begun, the token that goes
 * on with it gains the reader's bias, from the third on or between quotes twice that, and at the end of it the line's end or
 * the closing quote gains. After a tag its first token gains all of the bias where the language model is about to read or to decline, and half
 * of it where that seems to name or to describe: a question for the name of a thing is no question for its text. What was
 * read of other marks loses all of the bias. A name gains as much as its expert is sure of it, from its first token on, but
 * only where the language model is about to give one: a word in lower case that is not what was read. A line that stutters
 * ends.
 */
public final class ContextualBias {
    private static final Pattern TAG = Pattern.compile("<(?:Region|Mark) [1-9][0-9]?>:$");
    private static final int LONGEST_TAG = "<Region 99>:".length();
    private static final float BEGINNING = 0.5f;

    /** So many tokens of a reading gain the bias, the others twice that: the more was repeated, the surer it is. */
    private static final int UNSURE = 2;

    /** How descriptions begin: "A heading in the middle of the picture." */
    private static final Set<String> ARTICLES = Set.of("A", "An", "The");

    /** Told tokens that may be left out, and others that may come between, before a line counts as its own. */
    private static final int ASTRAY = 2;

    /** What a line's end gains that is due. */
    private static final float OVER = 100;

    private final Tokenizer tokenizer;
    private final Map<String, List<Passage>> afterTag = new HashMap<>();
    private final Map<String, Passage> quoted = new HashMap<>();
    private final boolean ledBack;

    /** The last bytes, one character each: a tag is ASCII. */
    private String tail = "";

    private String tag = "";
    private boolean inQuotes;
    private final List<Repetition> repeated = new ArrayList<>();
    private final Stutter stutter = new Stutter();

    private enum Place {
        /** At a line's beginning, and a description may go on with it. */
        NAME,
        /** A reading is all of its line. */
        LINE,
        QUOTES
    }

    /**
     * What one expert told of one mark.
     *
     * @param ids of its tokens
     * @param bias what they gain
     * @param rivals tokens with which an answer may take it for another mark's; they lose the bias
     */
    private record Passage(Place place, int[] ids, float bias, int[] rivals) {}

    /**
     * @param config how far its experts are trusted
     * @param told before the question
     */
    public ContextualBias(Tokenizer tokenizer, ModelConfig config, List<Told> told) {
        this.tokenizer = tokenizer;
        var reader = config.reader();
        var objects = config.objects();
        this.ledBack = reader != null && reader.bias() > 0;
        for (Told expert : told) {
            if (reader != null && ledBack && expert.role().equals(reader.role())) {
                float bias = (float) reader.bias();
                readings(expert.marks(), Place.LINE, bias).forEach(this::addAfterTag);
                readings(expert.marks(), Place.QUOTES, bias).forEach(quoted::put);
            } else if (objects != null && expert.role().equals(objects.role())) {
                addNames(expert.marks(), objects);
            }
        }
    }

    private Map<String, Passage> readings(List<MarkedText> marks, Place place, float bias) {
        Map<String, int[]> ids = new HashMap<>();
        marks.forEach(mark -> ids.put(mark.tag() + ":", tokens(mark.text(), place)));
        Map<String, Passage> readings = new HashMap<>();
        ids.forEach((tag, own) -> {
            int[] rivals = ids.values().stream()
                    .mapToInt(other -> other[0])
                    .filter(id -> id != own[0])
                    .distinct()
                    .toArray();
            readings.put(tag, new Passage(place, own, bias, rivals));
        });
        return readings;
    }

    private void addNames(List<MarkedText> marks, Objects objects) {
        for (MarkedText mark : marks) {
            double sureness = (mark.confidence() - objects.confidence()) / (1 - objects.confidence());
            float bias = (float) (objects.bias() * Math.max(0, sureness));
            if (bias > 0) {
                int[] ids = tokens(mark.text(), Place.NAME);
                addAfterTag(mark.tag() + ":", new Passage(Place.NAME, ids, bias, new int[0]));
            }
        }
    }

    private void addAfterTag(String tag, Passage passage) {
        afterTag.computeIfAbsent(tag, any -> new ArrayList<>()).add(passage);
    }

    /** The text's tokens as they are cut after a tag or a quote. */
    private int[] tokens(String text, Place place) {
        String before = place == Place.QUOTES ? "\"" : ":";
        int[] ids = tokenizer.encode(place == Place.QUOTES ? before + text : before + " " + text);
        int last = 0;
        while (!tokenizer.decode(ids[last]).endsWith(before)) {
            last++;
        }
        return Arrays.copyOfRange(ids, last + 1, ids.length);
    }

    /**
     * Adds what the next token gains.
     *
     * @param logits [V]
     */
    public void add(float[] logits) {
        if (!repeated.isEmpty()) {
            int likeliest = likeliest(logits);
            boolean naming = isName(likeliest);
            boolean describing = ARTICLES.contains(piece(likeliest));
            repeated.forEach(one -> one.add(logits, naming, describing));
        }
        if (ledBack && repeated.stream().noneMatch(Repetition::goesOn) && stutter.isHeard()) {
            add(logits, inQuotes ? tokenizer.closingQuotes() : tokenizer.lineEnds(), OVER);
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

    private static void add(float[] logits, int[] ids, float gain) {
        for (int id : ids) {
            logits[id] += gain;
        }
    }

    /** Whether an answer that goes on with this token seems to name the mark rather than to read, describe or decline. */
    private boolean isName(int id) {
        String piece = piece(id);
        return !piece.isEmpty()
                && Character.isLowerCase(piece.codePointAt(0))
                && repeated.stream()
                        .noneMatch(one ->
                                one.passage.place() != Place.NAME && one.passage.ids()[0] == id);
    }

    private String piece(int id) {
        return new String(tokenizer.bytes(id), UTF_8).strip();
    }

    /** Takes the token that was chosen. */
    public void next(int id) {
        String piece = new String(tokenizer.bytes(id), ISO_8859_1);
        String text = tail + piece;
        tail = text.substring(Math.max(0, text.length() - LONGEST_TAG));
        stutter.next(id);
        repeated.removeIf(one -> !one.takes(id));
        var found = TAG.matcher(tail);
        if (piece.contains("\n")) {
            begin("", List.of());
        } else if (found.find()) {
            begin(found.group(), afterTag.getOrDefault(found.group(), List.of()));
        } else if (piece.endsWith("\"")) {
            inQuotes = !inQuotes;
            if (inQuotes && repeated.isEmpty() && quoted.containsKey(tag)) {
                repeated.add(new Repetition(quoted.get(tag)));
            }
        }
    }

    private void begin(String newTag, List<Passage> passages) {
        tag = newTag;
        inQuotes = false;
        stutter.newLine();
        repeated.clear();
        passages.forEach(passage -> repeated.add(new Repetition(passage)));
    }

    /** How far an answer's line has repeated what was told. */
    private final class Repetition {
        private final Passage passage;
        private int at;
        private int astray;

        Repetition(Passage passage) {
            this.passage = passage;
        }

        void add(float[] logits, boolean naming, boolean describing) {
            if (at == 0) {
                logits[passage.ids()[0]] += beginning(naming, describing);
                ContextualBias.add(logits, passage.rivals(), -passage.bias());
            } else if (at < passage.ids().length) {
                logits[passage.ids()[at]] += goingOn();
            } else if (passage.place() != Place.NAME) {
                boolean quotes = passage.place() == Place.QUOTES;
                ContextualBias.add(logits, quotes ? tokenizer.closingQuotes() : tokenizer.lineEnds(), passage.bias());
            }
        }

        private float beginning(boolean naming, boolean describing) {
            return switch (passage.place()) {
                case NAME -> naming ? passage.bias() : 0;
                case LINE -> naming || describing ? BEGINNING * passage.bias() : passage.bias();
                case QUOTES -> passage.bias();
            };
        }

        private float goingOn() {
            return switch (passage.place()) {
                case NAME -> passage.bias();
                case LINE -> at < UNSURE ? passage.bias() : 2 * passage.bias();
                case QUOTES -> 2 * passage.bias();
            };
        }

        /** Whether the line may still be that with this token. */
        boolean takes(int id) {
            int furthest = at == 0 ? 1 : Math.min(at + 1 + ASTRAY, passage.ids().length);
            for (int next = at; next < furthest; next++) {
                if (passage.ids()[next] == id) {
                    at = next + 1;
                    astray = 0;
                    return true;
                }
            }
            astray++;
            return at > 0 && astray <= ASTRAY;
        }

        /** Whether the last token was of it. */
        boolean goesOn() {
            return at > 0 && astray == 0;
        }
    }
}
