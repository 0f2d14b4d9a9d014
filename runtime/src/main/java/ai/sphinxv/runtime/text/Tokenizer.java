package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.runtime.bundle.BundleException;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * LLaMA's tokenizer: byte-pair encoding over the whole text, without splitting it into words first; characters that the
 * vocabulary lacks become their UTF-8 bytes. Special tokens ({@code <s>}, {@code </s>}) never come out of a text, whatever
 * it says. Safe for many threads.
 */
public final class Tokenizer {
    private static final String SPACE = "▁";

    private final TokenizerFile file;
    private final byte[][] bytes;
    private final int longest;
    private final int[] lineEnds;
    private final int[] closingQuotes;

    private Tokenizer(TokenizerFile file) {
        this.file = file;
        this.longest = file.pieces().stream().mapToInt(String::length).max().orElseThrow();
        this.bytes = file.pieces().stream()
                .map(piece -> piece.replace(SPACE, " ").getBytes(UTF_8))
                .toArray(byte[][]::new);
        for (int value = 0; value < file.byteIds().length; value++) {
            bytes[file.byteIds()[value]] = new byte[] {(byte) value};
        }
        for (int id : file.specials()) {
            bytes[id] = new byte[0];
        }
        this.lineEnds = beginningWith('\n');
        this.closingQuotes = beginningWith('"');
    }

    private int[] beginningWith(char character) {
        return IntStream.range(0, bytes.length)
                .filter(id -> bytes[id].length > 0 && bytes[id][0] == character)
                .toArray();
    }

    /**
     * Reads a tokenizer.json in the form that Hugging Face gives LLaMA-2's.
     *
     * @throws BundleException if it is missing, not JSON, or of another kind of tokenizer
     */
    public static Tokenizer read(Path json) {
        return new Tokenizer(TokenizerFile.read(json));
    }

    /** The text's token ids, without BOS and EOS. */
    public int[] encode(String text) {
        return encode(text, file.prepend());
    }

    /** The ids of a text that goes on after another one: it gets no space in front. */
    public int[] encodeNext(String text) {
        return encode(text, false);
    }

    private int[] encode(String text, boolean prepend) {
        if (text.isEmpty()) {
            return new int[0];
        }
        String spaced = (prepend ? SPACE + text : text).replace(" ", SPACE);
        int[] ids = new int[spaced.length() * 3]; // a UTF-16 unit has at most three UTF-8 bytes
        int count = 0;
        for (int at = 0; at < spaced.length(); at += Character.charCount(spaced.codePointAt(at))) {
            String character = Character.toString(spaced.codePointAt(at));
            Integer id = file.plain().get(character);
            if (id != null) {
                ids[count++] = id;
            } else {
                for (byte part : character.getBytes(UTF_8)) {
                    ids[count++] = file.byteIds()[part & 0xff];
                }
            }
        }
        return file.merges().apply(Arrays.copyOf(ids, count));
    }

    /**
     * What the token adds to a text, UTF-8; nothing for a special token and for the ids beyond this tokenizer's that a
     * vocabulary is padded with, part of a character for a byte token.
     */
    public byte[] bytes(int id) {
        return id < bytes.length ? bytes[id].clone() : new byte[0];
    }

    /** The text of these tokens. Bytes that are not UTF-8 become U+FFFD. */
    public String decode(int... ids) {
        var all = new ByteArrayOutputStream();
        for (int id : ids) {
            all.writeBytes(bytes(id));
        }
        String text = all.toString(UTF_8);
        return file.prepend() && text.startsWith(" ") ? text.substring(1) : text;
    }

    /** Id of the token that begins a sequence. */
    public int bos() {
        return file.bos();
    }

    /** Id of the token that ends an answer. */
    public int eos() {
        return file.eos();
    }

    /** Ids are from 0 to before this. */
    public int size() {
        return bytes.length;
    }

    /** Ids of the tokens that begin with a line break. */
    int[] lineEnds() {
        return lineEnds;
    }

    /** Ids of the tokens that begin with a quote. */
    int[] closingQuotes() {
        return closingQuotes;
    }

    /** The longest token in characters: a text of n characters has at least n divided by this many tokens. */
    public int longest() {
        return longest;
    }
}
