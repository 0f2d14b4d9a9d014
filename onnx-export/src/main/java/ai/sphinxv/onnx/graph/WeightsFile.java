package ai.sphinxv.onnx.graph;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import ai.sphinxv.onnx.graph.WeightsJournal.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A graph's weights, one after another in a file beside it. Large ones begin on 64-KiB borders, so that they map. They come a
 * piece at a time, so that a tensor of any size takes little memory. With a {@link WeightsJournal} a file that was left in the
 * middle is gone on with: what it has is checked and not written again.
 */
final class WeightsFile implements AutoCloseable {
    private static final int LARGE = 1 << 20;
    private static final int LARGE_BORDER = 1 << 16;
    private static final int BORDER = 64;
    private static final int PIECE = 1 << 20; // numbers

    private final Path file;
    private final FileChannel channel;
    private final @Nullable WeightsJournal journal;
    private long end;

    /** @param conversion names what is being written, or "" if a file that was left in the middle is begun again */
    WeightsFile(Path file, String conversion) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            this.journal = conversion.isEmpty() ? null : WeightsJournal.open(file, conversion);
            if (journal == null || journal.next() == null) {
                channel.truncate(0);
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Gives a tensor's bytes, all that were announced. */
    interface Content {
        void write(Piece out) throws IOException;
    }

    /** Where a tensor's bytes go, one piece after another. */
    final class Piece {
        private final CRC32C checksum = new CRC32C();
        private long at;

        private Piece(long from) {
            this.at = from;
        }

        void put(byte[] bytes) throws IOException {
            put(ByteBuffer.wrap(bytes));
        }

        /** @param name of the tensor, for messages */
        void put(String name, Numbers numbers, float[] values) throws IOException {
            for (int from = 0; from < values.length; from += PIECE) {
                float[] piece = Arrays.copyOfRange(values, from, Math.min(from + PIECE, values.length));
                put(numbers.bytes(name, piece));
            }
        }

        private void put(ByteBuffer bytes) throws IOException {
            checksum.update(bytes.duplicate());
            try {
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            } catch (IOException e) { // a full disk says neither which file nor how far it got
                throw new IOException(
                        "%s cannot be written after %,d bytes: %s".formatted(file, at, e.getMessage()), e);
            }
        }
    }

    /** @param name of the tensor, to find it again in the journal */
    OnnxWriter.Place append(String name, long bytes, Content content) throws IOException {
        long from = border(bytes);
        Entry known = journal == null ? null : journal.next();
        if (journal != null && known != null) {
            if (known.isOf(name, from, bytes) && checksum(from, bytes) == known.checksum()) {
                journal.accept();
                return place(from, bytes);
            }
            journal.forget();
            channel.truncate(end);
        }
        var out = new Piece(from);
        content.write(out);
        if (out.at != from + bytes) {
            throw new IllegalStateException("%s has %d bytes, not %d".formatted(name, out.at - from, bytes));
        }
        if (journal != null) {
            journal.add(new Entry(name, from, bytes, out.checksum.getValue()));
        }
        return place(from, bytes);
    }

    private long border(long bytes) {
        int border = bytes >= LARGE ? LARGE_BORDER : BORDER;
        return (end + border - 1) / border * border;
    }

    private OnnxWriter.Place place(long from, long bytes) {
        end = from + bytes;
        return new OnnxWriter.Place(file.getFileName().toString(), from, bytes);
    }

    private long checksum(long from, long bytes) throws IOException {
        var checksum = new CRC32C();
        var piece = ByteBuffer.allocate((int) Math.min(PIECE, bytes));
        for (long at = from; at < from + bytes; at += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), from + bytes - at));
            while (piece.hasRemaining()) {
                if (channel.read(piece, at + piece.position()) < 0) {
                    return -1; // it ends before, as no checksum is
                }
            }
            checksum.update(piece.flip());
        }
        return checksum.getValue();
    }

    /** Cuts off what an earlier try left behind the last tensor, and forces all to disk. */
    void finish() throws IOException {
        channel.truncate(end);
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        try (journal) {
            channel.close();
        }
    }
}
