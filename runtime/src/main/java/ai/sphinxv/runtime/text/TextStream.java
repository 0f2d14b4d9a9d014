package ai.sphinxv.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * An answer's text as its tokens come. Whatever may still change is held back: the bytes of an unfinished character,
 * anything that may begin the stop text, and white space before either. All pieces together are the answer without the
 * stop text and without white space at its ends. For one answer, one thread.
 */
public final class TextStream {
    private final Tokenizer tokenizer;
    private final String stop;
    private final CharsetDecoder utf8 = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer bytes = ByteBuffer.allocate(64).limit(0);
    private String held = "";
    private boolean begun;
    private boolean stopped;

    /** @param stop text that ends the answer and is not part of it */
    public TextStream(Tokenizer tokenizer, String stop) {
        this.tokenizer = tokenizer;
        this.stop = stop;
    }

    /** Takes the next token; gives the text that is now certain, often "". */
    public String push(int id) {
        if (stopped) {
            throw new IllegalStateException("the answer has stopped");
        }
        held += decode(tokenizer.bytes(id), false);
        int end = held.indexOf(stop);
        stopped = end >= 0;
        if (stopped) {
            held = held.substring(0, end);
            return release(held.length());
        }
        return release(certain());
    }

    /** The text that was held back, when no more tokens come. */
    public String finish() {
        held += decode(new byte[0], true);
        return stopped ? "" : release(held.length());
    }

    /** Whether the stop text has come. */
    public boolean stopped() {
        return stopped;
    }

    private String decode(byte[] more, boolean last) {
        bytes = ByteBuffer.allocate(bytes.remaining() + more.length)
                .put(bytes)
                .put(more)
                .flip();
        var characters = CharBuffer.allocate(bytes.remaining() + 1);
        utf8.decode(bytes, characters, last);
        if (last) {
            utf8.flush(characters);
        }
        return characters.flip().toString();
    }

    /** Length of the held text before anything that may turn out to be the stop text. */
    private int certain() {
        for (int from = Math.max(0, held.length() - stop.length() + 1); from < held.length(); from++) {
            if (stop.startsWith(held.substring(from))) {
                return from;
            }
        }
        return held.length();
    }

    /** Takes the first characters from the held text, but leaves white space at their end. */
    private String release(int length) {
        String text = held.substring(0, length).stripTrailing();
        held = held.substring(text.length());
        if (!begun) {
            text = text.stripLeading();
            begun = !text.isEmpty();
        }
        return text;
    }
}
