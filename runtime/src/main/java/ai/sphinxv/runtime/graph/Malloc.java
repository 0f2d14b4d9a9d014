package ai.sphinxv.runtime.graph;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/**
 * What glibc's malloc keeps of what was freed. It has up to eight pools for each core, and a thread's memory comes from one
 * of them; each model is opened by new threads, so what a closed one leaves free in one pool does not serve the next in
 * another, and up to 64 MB at the end of each are kept for good. A process that had replaced its model thirty times held
 * 1.1 GB for 110 MB in use. Other C libraries have neither function and keep nothing.
 */
public final class Malloc {
    /** {@code M_TRIM_THRESHOLD}, {@code M_MMAP_THRESHOLD} and {@code M_ARENA_MAX} of malloc.h. */
    private static final int TRIM_THRESHOLD = -1;

    private static final int MMAP_THRESHOLD = -3;
    private static final int ARENA_MAX = -8;
    private static final int LARGE = 128 << 10;
    /** glibc takes no more: half of the address space that it sets aside for a pool. */
    private static final int MOST_KEPT = 32 << 20;

    private Malloc() {}

    /**
     * From now on freed blocks are kept for the next, whatever their size, in one pool if this is said before threads begin:
     * for a process that opens a model. Its graphs are read, rewritten and packed, each time in new memory, three times as
     * much as they keep; to find and clear that many pages takes a third of the time.
     *
     * @return false where the C library knows no such setting, or refuses it
     */
    public static boolean keepBlocks() {
        return isFree()
                && set(ARENA_MAX, 1)
                && set(MMAP_THRESHOLD, MOST_KEPT)
                && set(TRIM_THRESHOLD, Integer.MAX_VALUE);
    }

    /**
     * From now on whatever is at least 128 KiB, so all that weighs anything in a model or an answer, is mapped by itself and
     * goes back to the system when it is freed, and no pool keeps more than that at its end; what was kept until now goes
     * back too. It is how glibc starts, until the first large block is freed. For a process that serves: one that trains takes
     * the same large blocks again and again.
     *
     * @return false where the C library knows no such setting, or refuses it
     */
    public static boolean returnLargeBlocks() {
        boolean set = isFree() && set(MMAP_THRESHOLD, LARGE) && set(TRIM_THRESHOLD, LARGE);
        trim();
        return set;
    }

    /** Else whoever started this process knows better. */
    private static boolean isFree() {
        return System.getenv("MALLOC_MMAP_THRESHOLD_") == null;
    }

    private static boolean set(int parameter, int value) {
        Linker linker = Linker.nativeLinker();
        var mallopt = linker.defaultLookup().find("mallopt");
        if (mallopt.isEmpty()) {
            return false;
        }
        var call = linker.downcallHandle(mallopt.get(), FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            return (int) call.invokeExact(parameter, value) == 1;
        } catch (Throwable e) { // what a downcall declares
            throw new IllegalStateException("mallopt could not be called", e);
        }
    }

    /** Gives the whole pages of what is free back to the system. It takes milliseconds, in which other threads may wait. */
    static void trim() {
        Linker linker = Linker.nativeLinker();
        var trim = linker.defaultLookup().find("malloc_trim");
        if (trim.isEmpty()) {
            return;
        }
        var call = linker.downcallHandle(trim.get(), FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
        try {
            int _ = (int) call.invokeExact(0L); // whether there was anything changes nothing
        } catch (Throwable e) { // what a downcall declares
            throw new IllegalStateException("malloc_trim could not be called", e);
        }
    }
}
