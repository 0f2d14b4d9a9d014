package ai.sphinxv.functions.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are whole or not there, whatever ends the process or the machine. */
final class DurableFile {
    /** Bytes that a disk may have left and be full all the same: a file needs a block, and its folder may. */
    private static final long FULL = 16 << 10;

    private DurableFile() {}

    /**
     * Writes a whole file in place of what may be there.
     *
     * @throws StorageFullException if there is no room for it; what was there is there still
     */
    static void write(Path file, Store.Content content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try (var channel = FileChannel.open(unfinished, CREATE, TRUNCATE_EXISTING, WRITE)) {
            var out = Channels.newOutputStream(channel);
            content.writeTo(out);
            channel.force(true);
        } catch (IOException e) {
            boolean full = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < FULL;
            Files.deleteIfExists(unfinished); // else a full disk stays full
            throw full ? new StorageFullException(e) : e;
        }
        rename(unfinished, file);
    }

    /** Renames, so that the new name outlives a loss of power too. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE);
        try (var folder = FileChannel.open(to.toAbsolutePath().getParent(), READ)) {
            folder.force(true);
        }
    }
}
