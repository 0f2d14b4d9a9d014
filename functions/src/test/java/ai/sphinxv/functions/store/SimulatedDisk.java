package ai.sphinxv.functions.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that fails as disks do, by a seed: calls that fail, room that runs out, calls that take hours, and an end of
 * the process in the midst of any call. Behind a loss of power there is what was forced and, of the rest, some: beginnings,
 * sectors of zeros, and names in another order than they were given. Of one thread; {@link SimulatedFiles} is the way to it.
 */
public final class SimulatedDisk {
    private static final int SECTOR = 16;

    /** The process was killed. Nobody catches it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** A name that goes, one that comes, or both at once. */
    private record Change(
            @Nullable String goes,
            @Nullable String comes,
            @Nullable Node node) {

        void make(Map<String, Node> names) {
            if (goes != null) {
                names.remove(goes);
            }
            if (comes != null && node != null) {
                names.put(comes, node);
            }
        }
    }

    /** A file or a folder: as it is, and as it is without power. */
    static final class Node {
        final boolean folder;
        byte[] now = {};
        byte[] safe = {};
        final Map<String, Node> names = new TreeMap<>();
        final Map<String, Node> safeNames = new TreeMap<>();
        final List<Change> changes = new ArrayList<>();
        boolean locked;
        Instant written = Instant.EPOCH;

        Node(boolean folder) {
            this.folder = folder;
        }
    }

    private final Random chance;
    private final Node root = new Node(true);
    private Instant now = Instant.ofEpochSecond(1_700_000_000);
    private boolean faulty;
    private boolean dead;
    private long callsLeft = Long.MAX_VALUE;
    private @Nullable Runnable meanwhile;

    public SimulatedDisk(Random chance) {
        this.chance = chance;
    }

    public Instant now() {
        return now;
    }

    public boolean isFaulty() {
        return faulty;
    }

    public Path path(String text) {
        return new SimulatedFiles(this).getPath(text);
    }

    /**
     * From now on calls fail now and then.
     *
     * @param calls after so many the process is killed
     * @param other another process that comes along in between
     */
    public void fail(long calls, Runnable other) {
        faulty = true;
        callsLeft = calls;
        meanwhile = other;
    }

    /** From now on all goes well. */
    public void heal() {
        faulty = false;
        callsLeft = Long.MAX_VALUE;
        meanwhile = null;
    }

    /** The next process begins. */
    public void restart(boolean powerWasLost) {
        dead = false;
        heal();
        if (powerWasLost) {
            losePower(root);
        }
        unlock(root);
    }

    private void unlock(Node node) {
        node.locked = false;
        node.names.values().forEach(this::unlock);
    }

    private void losePower(Node node) {
        node.now = remains(node);
        node.safe = node.now;
        for (var change : node.changes) {
            if (chance.nextBoolean()) {
                change.make(node.safeNames);
            }
        }
        node.changes.clear();
        node.names.clear();
        node.names.putAll(node.safeNames);
        node.names.values().forEach(this::losePower);
    }

    private byte[] remains(Node node) {
        if (node.now.length <= node.safe.length) {
            return chance.nextBoolean() ? node.safe : node.now;
        }
        int some = node.safe.length + chance.nextInt(node.now.length - node.safe.length + 1);
        byte[] left = Arrays.copyOf(node.now, chance.nextBoolean() ? node.now.length : some);
        for (int sector = node.safe.length; sector < left.length; sector += SECTOR) {
            if (chance.nextInt(4) == 0) {
                Arrays.fill(left, sector, Math.min(left.length, sector + SECTOR), (byte) 0);
            }
        }
        return left;
    }

    /** Before each call: it may be the last, take its time, or fail. */
    private void call() throws IOException {
        if (dead || callsLeft-- <= 0) {
            dead = true;
            throw new Killed();
        }
        now = now.plusMillis(1);
        if (!faulty) {
            return;
        }
        if (meanwhile != null && chance.nextInt(20) == 0) {
            Runnable other = meanwhile;
            meanwhile = null;
            other.run();
        }
        if (chance.nextInt(500) == 0) {
            now = now.plus(Duration.ofHours(chance.nextInt(30)));
        }
        if (chance.nextInt(100) == 0) {
            throw new FileSystemException("the disk does not answer");
        }
    }

    Node find(Path path) throws IOException {
        Node node = root;
        for (Path name : path) {
            node = node.names.get(name.toString());
            if (node == null) {
                throw new NoSuchFileException(path.toString());
            }
        }
        return node;
    }

    Node read(Path path) throws IOException {
        call();
        return find(path);
    }

    /** What is there by now, by another process, stays. */
    Node make(Path path, boolean folder) throws IOException {
        call();
        Node there = find(requireNonNull(path.getParent())).names.get(String.valueOf(path.getFileName()));
        if (there != null) {
            return there;
        }
        var made = new Node(folder);
        made.written = now;
        name(path, new Change(null, String.valueOf(path.getFileName()), made));
        return made;
    }

    void delete(Path path) throws IOException {
        call();
        find(path);
        name(path, new Change(String.valueOf(path.getFileName()), null, null));
    }

    void rename(Path from, Path to) throws IOException {
        call();
        name(to, new Change(String.valueOf(from.getFileName()), String.valueOf(to.getFileName()), find(from)));
    }

    private void name(Path path, Change change) throws IOException {
        Node folder = find(requireNonNull(path.getParent()));
        change.make(folder.names);
        folder.changes.add(change);
    }

    private void force(Node node) throws IOException {
        call();
        node.safe = node.now;
        node.changes.forEach(change -> change.make(node.safeNames));
        node.changes.clear();
    }

    /** All of it, or as much as there is room for or time left. */
    private void write(Node node, int at, byte[] bytes) throws IOException {
        boolean full = faulty && chance.nextInt(100) == 0;
        boolean last = callsLeft <= 0;
        int written = full || last ? chance.nextInt(bytes.length + 1) : bytes.length;
        byte[] all = Arrays.copyOf(node.now, Math.max(node.now.length, at + written));
        System.arraycopy(bytes, 0, all, at, written);
        node.now = all;
        node.written = now;
        call();
        if (full) {
            throw new FileSystemException("no space left on the disk");
        }
    }

    /** What is open of a file or, to force its names, of a folder. */
    final class Open extends FileChannel {
        private final Node node;
        private int at;

        Open(Node node) {
            this.node = node;
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            call();
            if (at >= node.now.length) {
                return -1;
            }
            int count = Math.min(to.remaining(), node.now.length - at);
            to.put(node.now, at, count);
            at += count;
            return count;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            SimulatedDisk.this.write(node, at, bytes);
            at += bytes.length;
            return bytes.length;
        }

        @Override
        public long position() {
            return at;
        }

        @Override
        public FileChannel position(long place) {
            at = (int) place;
            return this;
        }

        @Override
        public long size() {
            return node.now.length;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            call();
            if (size < node.now.length) {
                node.now = Arrays.copyOf(node.now, (int) size);
            }
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            SimulatedDisk.this.force(node);
        }

        @Override
        public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
            call();
            if (node.locked) {
                return null;
            }
            node.locked = true;
            return new FileLock(this, position, size, shared) {
                @Override
                public boolean isValid() {
                    return node.locked;
                }

                @Override
                public void release() {
                    node.locked = dead && node.locked; // who is dead has let go already, and the lock may be another's
                }
            };
        }

        @Override
        protected void implCloseChannel() {}

        @Override
        public long read(ByteBuffer[] to, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, java.nio.channels.WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(java.nio.channels.ReadableByteChannel src, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer to, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer from, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public java.nio.MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
