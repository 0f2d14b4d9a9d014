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
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this process, for what native code opens by its name or what does not fit into memory; only its owner may look
 * in. A lock in it is held for as long as the process lives, however that ends: so the next one can tell what a killed process
 * left, and deletes it before it takes room itself. The folder around it may be everybody's: only folders of the same owner
 * are touched, and no link is followed.
 */
public final class ProcessFolder implements AutoCloseable {
    private static final String LOCK = ".sphinxv-lock";

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
     * A new and empty folder in the temporary one, {@code java.io.tmpdir}.
     *
     * @param prefix of its name; what killed processes left under this prefix is deleted
     * @throws IOException if the temporary folder takes none
     */
    public static ProcessFolder make(String prefix) throws IOException {
        return in(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    /** The same in that folder. */
    public static ProcessFolder in(Path parent, String prefix) throws IOException {
        synchronized (HELD) {
            for (int i = 0; i < TRIES; i++) {
                Path path = Files.createTempDirectory(parent, prefix);
                var channel = FileChannel.open(path.resolve(LOCK), CREATE_NEW, WRITE);
                if (isHeld(channel) && Files.exists(path.resolve(LOCK))) {
                    HELD.add(path);
                    deleteLeft(parent, path, prefix);
                    return new ProcessFolder(path, channel);
                }
                channel.close(); // another process took it for a dead one's
            }
        }
        throw new IOException("other processes deleted %d new folders %s* in %s".formatted(TRIES, prefix, parent));
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

    private static void deleteLeft(Path parent, Path own, String prefix) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, path -> isNamed(path, prefix))) {
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

    /** As {@link Files#createTempDirectory} names them: a number after the prefix. */
    private static boolean isNamed(Path folder, String prefix) {
        String name = folder.getFileName().toString();
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("\\d+");
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
        Path lock = folder.resolve(LOCK);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(lock) && !file.equals(folder)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(lock);
        Files.deleteIfExists(folder);
    }
}
