package ai.sphinxv.onnx.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A graph's weights, one after another in a file beside it. Large ones begin on 64-KiB borders, so that they map. */
final class WeightsFile implements AutoCloseable {
    private static final int LARGE = 1 << 20;
    private static final int LARGE_BORDER = 1 << 16;
    private static final int BORDER = 64;

    private final Path file;
    private final FileChannel out;
    private long end;

    WeightsFile(Path file) throws IOException {
        this.file = file;
        this.out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    OnnxWriter.Place append(byte[] values) throws IOException {
        return append(ByteBuffer.wrap(values));
    }

    private OnnxWriter.Place append(ByteBuffer bytes) throws IOException {
        int border = bytes.capacity() >= LARGE ? LARGE_BORDER : BORDER;
        long from = (end + border - 1) / border * border;
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes, from + bytes.position());
            }
        } catch (IOException e) { // a full disk says neither which file nor how far it got
            throw new IOException("%s cannot be written after %,d bytes: %s".formatted(file, end, e.getMessage()), e);
        }
        end = from + bytes.capacity();
        return new OnnxWriter.Place(file.getFileName().toString(), from, bytes.capacity());
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.force(true);
        }
    }
}
