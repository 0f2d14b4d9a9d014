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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files that are whole or not there, whatever ends the process or the machine. */
final class DurableFile {
    /** Bytes that a disk may have left and be full all the same: a file needs a block, and its folder may. */
    private static final long FULL = 16 << 10;

    /** Folders whose names are safe. */
    private static final Set<Path> KEPT = ConcurrentHashMap.newKeySet();

    private static final int MOST_KEPT = 10_000;

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
        keep(to.toAbsolutePath().getParent());
    }

    /**
     * Makes a folder and those it lies in, so that they outlive a loss of power. One that is there may have been made by a
     * process that was killed before that was so.
     */
    static void createFolders(Path folder) throws IOException {
        Path place = folder.toAbsolutePath();
        Path parent = place.getParent();
        if (parent == null || KEPT.contains(place)) {
            return;
        }
        createFolders(parent);
        Files.createDirectories(place);
        if (Files.isWritable(parent)) { // else it was not made by us
            keep(parent);
        }
        if (KEPT.size() > MOST_KEPT) {
            KEPT.clear();
        }
        KEPT.add(place);
    }

    /** The names in a folder are safe before this returns. */
    static void keep(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return;
        }
        try (var names = FileChannel.open(folder, READ)) {
            names.force(true);
        }
    }
}
