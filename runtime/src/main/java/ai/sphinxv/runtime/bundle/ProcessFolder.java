package ai.sphinxv.runtime.bundle;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this process in the temporary folder, for what native code opens by its name; only its owner may look in. A
 * lock in it is held for as long as the process lives, however that ends: so the next one can tell what a killed process left,
 * and deletes it before it takes room itself. The temporary folder may be everybody's: only folders of the same owner are
 * touched, and no link is followed.
 */
public final class ProcessFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    /** How often a folder may be taken for a dead process's before its lock is there. */
    private static final int TRIES = 10;

    /** Of this process: to open and close the lock's file once more would give the lock back. */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path path;
    private final FileChannel channel;

    private ProcessFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * A new and empty folder.
     *
     * @param prefix of its name; what killed processes left under this prefix is deleted
     * @throws IOException if the temporary folder ({@code java.io.tmpdir}) takes none
     */
    public static ProcessFolder make(String prefix) throws IOException {
        synchronized (HELD) {
            for (int i = 0; i < TRIES; i++) {
                Path path = Files.createTempDirectory(prefix);
                var channel = FileChannel.open(path.resolve(LOCK), CREATE_NEW, WRITE);
                if (isHeld(channel) && Files.exists(path.resolve(LOCK))) {
                    HELD.add(path);
                    deleteLeft(path, prefix);
                    return new ProcessFolder(path, channel);
                }
                channel.close(); // another process took it for a dead one's
            }
        }
        throw new IOException("other processes deleted %d new folders %s* in %s"
                .formatted(TRIES, prefix, System.getProperty("java.io.tmpdir")));
    }

    public Path path() {
        return path;
    }

    /** Deletes the folder and what is in it. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (HELD.remove(path)) {
                try (channel) {
                    delete(path);
                }
            }
        }
    }

    /** True too where files cannot be locked: nobody can then take the folder for a dead process's. */
    private static boolean isHeld(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return true;
        }
    }

    private static void deleteLeft(Path own, String prefix) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(own.getParent(), prefix + "*")) {
            UserPrincipal owner = Files.getOwner(own);
            for (Path folder : folders) {
                if (!HELD.contains(folder)
                        && Files.isDirectory(folder, NOFOLLOW_LINKS)
                        && Files.getOwner(folder, NOFOLLOW_LINKS).equals(owner)) {
                    deleteIfLeft(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // what is left takes room; it does not keep this process from its work
        }
    }

    private static void deleteIfLeft(Path folder) {
        try (var channel = FileChannel.open(folder.resolve(LOCK), WRITE, NOFOLLOW_LINKS);
                FileLock lock = lock(channel)) {
            if (lock != null) {
                delete(folder);
            }
        } catch (IOException e) {
            // without a lock yet, or deleted by another process just now
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // of this process, by another class loader
            return null;
        }
    }

    /** The lock last: whoever is killed meanwhile leaves what the next one deletes. */
    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!file.endsWith(LOCK)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
    }
}
