package ai.sphinxv.functions.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.sphinxv.functions.ask.InvalidRequestException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * A file's lines, one after the other. What is no text, or longer than any request, is a mistake of its line alone: it has
 * its number, and the next line is read all the same.
 */
final class Lines implements Closeable {
    /** Bytes of a line: a picture of 48 MB as base64. */
    private static final int MOST = 64 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF"; // which some editors begin a file with

    private final InputStream in;
    private final int most;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;
    private int number;

    Lines(InputStream in) {
        this(in, MOST);
    }

    Lines(InputStream in, int most) {
        this.in = new BufferedInputStream(in);
        this.most = most;
    }

    /** Goes to the next line; false behind the last. */
    boolean next() throws IOException {
        line = new ByteArrayOutputStream();
        tooLong = false;
        int next = in.read();
        if (next < 0) {
            return false;
        }
        number++;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            tooLong |= line.size() == most;
            if (!tooLong) {
                line.write(next);
            }
        }
        return true;
    }

    /** Of this line, from 1. */
    int number() {
        return number;
    }

    /**
     * This line, without what ends it.
     *
     * @throws InvalidRequestException if it is not UTF-8, or too long
     */
    String text() {
        if (tooLong) {
            throw new InvalidRequestException("the line has more than %d bytes".formatted(most));
        }
        try {
            String text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString()
                    .stripTrailing();
            return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException("the line is not UTF-8");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
