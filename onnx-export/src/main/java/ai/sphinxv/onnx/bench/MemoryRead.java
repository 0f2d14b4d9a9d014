package ai.sphinxv.onnx.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How fast this machine's memory is read: the limit of decoding, which reads every weight for every token. */
final class MemoryRead {
    private static final int NUMBERS = 1 << 26; // 512 MiB a thread, which no cache holds
    private static final int TIMES = 3;

    private final long[][] blocks;

    MemoryRead(int threads) {
        this.blocks = new long[threads][NUMBERS];
    }

    /** Bytes a second, the best of a few times. */
    double run() {
        double best = 0;
        for (int i = 0; i < TIMES; i++) {
            best = Math.max(best, once());
        }
        return best;
    }

    private double once() {
        try (var pool = Executors.newFixedThreadPool(blocks.length)) {
            List<Future<Boolean>> comparisons = new ArrayList<>();
            long start = System.nanoTime();
            for (long[] block : blocks) {
                comparisons.add(pool.submit(() -> read(block)));
            }
            boolean all = true;
            for (Future<Boolean> comparison : comparisons) {
                all &= comparison.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return all ? (double) Long.BYTES * NUMBERS * blocks.length / seconds : Double.NaN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Compares the halves, for which the JVM has vector instructions ready: a loop of its own reads a third less. */
    private static boolean read(long[] block) {
        return Arrays.equals(block, 0, NUMBERS / 2, block, NUMBERS / 2, NUMBERS);
    }
}
