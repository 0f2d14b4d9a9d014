package ai.sphinxv.onnx.graph;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Works on pieces of tensors side by side and hands the results on one after another in the pieces' order, so that what is
 * written is the same however many threads there are. Only a few pieces are in memory at a time.
 */
final class PiecesInOrder implements AutoCloseable {
    /** So many pieces and one more are in memory at most, whatever the machine has. */
    private static final int MOST_THREADS = 8;

    private final int threads;
    private final ExecutorService workers;

    PiecesInOrder() {
        this(Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS));
    }

    PiecesInOrder(int threads) {
        this.threads = threads;
        this.workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("pieces-", 0).factory());
    }

    /** What is done with a piece, on any thread. */
    interface Work<T> {
        T on(long from, int count);
    }

    /** What is done with its result, on the caller's thread. */
    interface Result<T> {
        void take(long from, T result) throws IOException;
    }

    /**
     * Throws what the first piece that failed has thrown. No thread is at a piece any more when it returns or throws: what
     * is read can be closed.
     *
     * @param count numbers in all
     * @param piece numbers of a piece; the last one may have fewer
     */
    <T> void each(long count, int piece, Work<T> work, Result<T> result) throws IOException {
        Deque<CompletableFuture<T>> begun = new ArrayDeque<>();
        long next = 0;
        try {
            for (long from = 0; from < count; from += piece) {
                for (; next < count && begun.size() <= threads; next += piece) {
                    long start = next;
                    int length = (int) Math.min(piece, count - start);
                    begun.add(CompletableFuture.supplyAsync(() -> work.on(start, length), workers));
                }
                result.take(from, done(begun.remove()));
            }
        } finally {
            begun.forEach(one -> one.handle((done, failed) -> true).join());
        }
    }

    private static <T> T done(CompletableFuture<T> piece) {
        try {
            return piece.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw e;
            }
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
