package ai.sphinxv.onnx.graph;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file of weights has got so far, in a file beside it: the conversion's name, then a line for each tensor that is
 * whole. A line comes after its tensor's bytes and has their checksum, so whatever stops the process or the machine, what is
 * believed is true. Holds the file's lock: of two processes that write the same weights the second is refused.
 */
final class WeightsJournal implements AutoCloseable {
    static final String SUFFIX = ".journal";

    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,18}) ([0-9a-f]{8}) (\\S+)");

    private final FileChannel channel;
    private final Deque<Entry> known = new ArrayDeque<>(); // that an earlier try wrote and this one has not come to
    private long end; // of what holds for this try too

    private WeightsJournal(FileChannel channel) {
        this.channel = channel;
    }

    /** A tensor that is whole: where its bytes lie, and their CRC-32C. */
    record Entry(String name, long from, long bytes, long checksum) {
        boolean isOf(String name, long from, long bytes) {
            return this.name.equals(name) && this.from == from && this.bytes == bytes;
        }

        private byte[] line() {
            return "%d %d %08x %s\n".formatted(from, bytes, checksum, name).getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * What another conversion has written is forgotten.
     *
     * @throws IOException too, if another process is at it
     */
    static WeightsJournal open(Path weights, String conversion) throws IOException {
        Path file = weights.resolveSibling(weights.getFileName() + SUFFIX);
        var channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new IOException("%s is being written by another process: wait for it".formatted(weights));
            }
            var journal = new WeightsJournal(channel);
            journal.read(conversion);
            return journal;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void read(String conversion) throws IOException {
        var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // to its end
        }
        String text = StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
        String first = conversion + "\n";
        if (!text.startsWith(first)) {
            channel.truncate(0);
            write(first.getBytes(StandardCharsets.US_ASCII));
            return;
        }
        end = first.length();
        int whole = text.lastIndexOf('\n') + 1; // a line that was cut off does not count
        for (String line : text.substring(first.length(), whole).lines().toList()) {
            var cells = LINE.matcher(line);
            if (!cells.matches()) {
                return;
            }
            known.add(new Entry(
                    cells.group(4),
                    Long.parseLong(cells.group(1)),
                    Long.parseLong(cells.group(2)),
                    Long.parseLong(cells.group(3), 16)));
        }
    }

    /** The tensor that an earlier try wrote next, if it got so far. */
    @Nullable
    Entry next() {
        return known.peek();
    }

    /** That one is there. */
    void accept() {
        end += known.remove().line().length;
    }

    /** That one is not, nor are those after it. */
    void forget() {
        known.clear();
    }

    void add(Entry entry) throws IOException {
        channel.truncate(end);
        write(entry.line());
    }

    private void write(byte[] line) throws IOException {
        var bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
