package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;

/**
 * Follows a text token by token and tells which mark a token is about: the one that ends {@code <Region 3>} or {@code
 * <Mark 3>}, however the tag was cut into tokens, and those after it to the end of its line or the next tag's end are about
 * mark 3. In what experts told, the words after the tag may carry less of the mark: they are there to be repeated, and are
 * found again by what they are. For one text, one thread.
 */
public final class NamedMarks {
    /**
     * What a token is about.
     *
     * @param slot of the mark, counted from 0
     * @param share of the mark's embedding that the token carries, 0 if it is about none
     */
    public record Named(int slot, float share) {
        static final Named NONE = new Named(0, 0);
    }

    private static final int NOTHING = -1;
    private static final Pattern TAG = Pattern.compile("<(?:Region|Mark) ([1-9][0-9]?)$");
    private static final int LONGEST_TAG = "<Region 99>".length();

    private final Tokenizer tokenizer;
    private final int marks;
    /** The last bytes, one character each: a tag is ASCII. */
    private String tail = "";

    private int current = NOTHING;
    private final float toldShare;
    private int told;

    /**
     * @param marks that the question has; tags of other numbers name nothing
     * @param told how many tokens, from the first on, are what experts told
     * @param toldShare of the mark's embedding that those among them carry that follow a tag
     */
    public NamedMarks(Tokenizer tokenizer, int marks, int told, double toldShare) {
        this.tokenizer = tokenizer;
        this.marks = marks;
        this.told = told;
        this.toldShare = (float) toldShare;
    }

    /** Takes the next token. */
    public Named next(int id) {
        String text = tail + new String(tokenizer.bytes(id), ISO_8859_1);
        int lineEnd = text.indexOf('\n', tail.length());
        int about = lineEnd < 0 ? current : NOTHING;
        float share = told > 0 ? toldShare : 1;
        for (int end = text.indexOf('>', tail.length()); end >= 0; end = text.indexOf('>', end + 1)) {
            var tag = TAG.matcher(text.substring(0, end));
            if (tag.find() && Integer.parseInt(tag.group(1)) <= marks) {
                about = Integer.parseInt(tag.group(1)) - 1;
                share = 1;
                lineEnd = text.indexOf('\n', end);
            }
        }
        told = Math.max(0, told - 1);
        current = lineEnd < 0 ? about : NOTHING;
        tail = text.substring(Math.max(0, text.length() - LONGEST_TAG));
        return about == NOTHING ? Named.NONE : new Named(about, share);
    }
}
