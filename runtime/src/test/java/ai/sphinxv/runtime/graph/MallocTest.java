package ai.sphinxv.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is freed leaves memory, though a block that was taken later is still held. */
class MallocTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long TAKEN = 128L << 20;
    private static final long NOISE = 32L << 20;
    private static final long LARGE = 1 << 20;
    private static final long SMALL = 100 << 10;

    /** In this order: what small blocks leave in a pool is used for large ones too. */
    @Test
    void largeBlocksLeaveAtOnceUnlessTheyAreKeptAndWhatIsLeftOfSmallOnesWhenItIsTrimmed() throws IOException {
        assumeTrue(Files.exists(STATUS), "this system does not tell what a process takes");
        assumeTrue(Malloc.returnLargeBlocks(), "this C library keeps nothing, or cannot be told not to");
        free(take(LARGE)); // after this, glibc left alone would serve such blocks from its pools

        assertThat(leaves(take(LARGE), () -> {})).isGreaterThan(TAKEN - NOISE);

        assertThat(leaves(take(SMALL), () -> {})).isLessThan(NOISE);
        assertThat(leaves(take(SMALL), Malloc::trim)).isGreaterThan(TAKEN - NOISE);

        Malloc.keepBlocks();
        assertThat(leaves(take(LARGE), () -> {})).isLessThan(NOISE);
        assertThat(leaves(take(LARGE), Malloc::returnLargeBlocks)).isGreaterThan(TAKEN - NOISE);
    }

    /** Bytes that leave memory when all of the blocks but the last are freed. */
    private static long leaves(List<Arena> blocks, Runnable then) throws IOException {
        long held = resident();
        Arena last = blocks.removeLast();
        free(blocks);
        then.run();
        long left = held - resident();
        last.close();
        return left;
    }

    /** So many blocks of that size as make {@link #TAKEN}, written to. */
    @SuppressWarnings("MustBeClosed") // whoever takes them frees them
    private static List<Arena> take(long size) {
        List<Arena> blocks = new ArrayList<>();
        for (long taken = 0; taken < TAKEN; taken += size) {
            Arena arena = Arena.ofShared();
            MemorySegment block = NativeBuffers.untouched(arena, size);
            block.fill((byte) 1);
            blocks.add(arena);
        }
        return blocks;
    }

    private static void free(List<Arena> blocks) {
        blocks.forEach(Arena::close);
    }

    /** Bytes. */
    private static long resident() throws IOException {
        return Files.readAllLines(STATUS).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                << 10;
    }
}
