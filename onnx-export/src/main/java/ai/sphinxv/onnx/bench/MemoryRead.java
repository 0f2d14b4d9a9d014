package ai.sphinxv.onnx.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How fast this machine's memory is read: the limit of decoding, which reads every weight for every token. */
final class MemoryRead {
    private static final int NUMBERS = 1 << 26; // 512 MiB a thread, which no cache holds

    private final long[][] blocks;

    MemoryRead(int threads) {
        this.blocks = new long[threads][NUMBERS];
    }

    /** Bytes a second. */
    double run() {
        try (var pool = Executors.newFixedThreadPool(blocks.length)) {
            List<Future<Long>> sums = new ArrayList<>();
            long start = System.nanoTime();
            for (long[] block : blocks) {
                sums.add(pool.submit(() -> sum(block)));
            }
            long all = 0;
            for (Future<Long> sum : sums) {
                all += sum.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return all == 0 ? 8.0 * NUMBERS * blocks.length / seconds : Double.NaN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static long sum(long[] block) {
        long sum = 0;
        for (long number : block) {
            sum += number;
        }
        return sum;
    }
}
