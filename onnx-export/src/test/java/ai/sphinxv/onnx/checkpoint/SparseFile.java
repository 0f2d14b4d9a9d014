package ai.sphinxv.onnx.checkpoint;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;

/** A file in which long runs of zeros are left out, so that they take no room on disk. */
final class SparseFile implements SeekableByteChannel {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    private final FileChannel channel;

    SparseFile(Path file) throws IOException {
        this.channel = FileChannel.open(file, CREATE_NEW, SPARSE, WRITE);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        if (count >= 4096
                && count <= ZEROS.capacity()
                && bytes.mismatch(ZEROS.duplicate().limit(count)) < 0) {
            channel.position(channel.position() + count);
            bytes.position(bytes.limit());
            return count;
        }
        return channel.write(bytes);
    }

    @Override
    public int read(ByteBuffer bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        channel.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
