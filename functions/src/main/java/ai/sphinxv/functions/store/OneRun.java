package ai.sphinxv.functions.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One run at a time, among all threads and processes that see the folder. A process that is killed lets go. */
final class OneRun {
    private OneRun() {}

    /** Does the work, unless someone else is at it: then it does nothing and says so by false. */
    static boolean in(Path folder, Store.Work work) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(".lock"), CREATE, WRITE);
                FileLock lock = lock(channel)) {
            if (lock == null) {
                return false;
            }
            work.run();
            return true;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // another thread of this process
            return null;
        }
    }
}
