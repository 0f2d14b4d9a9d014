package ai.sphinxv.training.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The lines of a file, a few hundred at a time; empty ones are passed over. Of one that cannot be read, one of
 * {@link #UNREADABLE} comes, which is no JSON: one damaged place is no reason to lose all other lines.
 */
final class LineBlocks {
    static final int MOST_BYTES = 64 << 20;

    private static final String NOT_UTF8 = "it is not UTF-8";
    private static final String TOO_LONG = "it is longer than %d MB".formatted(MOST_BYTES >> 20);
    static final Set<String> UNREADABLE = Set.of(NOT_UTF8, TOO_LONG);

    private static final int LINES = 256;
    private static final long BLOCK_BYTES = 16 << 20;
    private static final int BUFFER = 1 << 16;

    /** Stands for what could not be decoded, or for itself. */
    private static final char REPLACEMENT = '\uFFFD';

    private final Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private List<String> block = new ArrayList<>(LINES);
    private long blockBytes;
    private boolean isTooLong;

    private LineBlocks(Sink sink) {
        this.sink = sink;
    }

    /** Takes some lines. */
    interface Sink {
        void accept(List<String> lines) throws IOException, InterruptedException;
    }

    static void read(Path file, Sink sink) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(file)) {
            new LineBlocks(sink).read(in);
        }
    }

    private void read(InputStream in) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            int from = 0;
            for (int at = 0; at < count; at++) {
                if (buffer[at] == '\n') {
                    extend(buffer, from, at);
                    endLine();
                    from = at + 1;
                }
            }
            extend(buffer, from, count);
        }
        endLine();
        flush();
    }

    private void extend(byte[] buffer, int from, int to) {
        isTooLong |= line.size() + to - from > MOST_BYTES;
        if (!isTooLong) {
            line.write(buffer, from, to - from);
        }
    }

    private void endLine() throws IOException, InterruptedException {
        String text = isTooLong ? TOO_LONG : decoded(line.toByteArray());
        blockBytes += line.size();
        line.reset();
        isTooLong = false;
        if (!text.isBlank()) {
            block.add(text);
        }
        if (block.size() == LINES || blockBytes > BLOCK_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException, InterruptedException {
        if (!block.isEmpty()) {
            sink.accept(block);
        }
        block = new ArrayList<>(LINES);
        blockBytes = 0;
    }

    private static String decoded(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return NOT_UTF8;
        }
    }
}
