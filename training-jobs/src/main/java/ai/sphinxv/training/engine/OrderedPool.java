package ai.sphinxv.training.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Work on several threads whose results are taken one after the other in the order in which it was given, by the thread that
 * gives it. So much waits that no thread is idle, and no more.
 */
final class OrderedPool<T> implements AutoCloseable {
    private static final int WAITING = 4;

    private final int threads;
    private final ExecutorService pool;
    private final Consumer<T> results;
    private final ArrayDeque<Future<T>> waiting = new ArrayDeque<>();
    private boolean hasFailed;

    OrderedPool(int threads, Consumer<T> results) {
        this.threads = threads;
        this.results = results;
        this.pool = Executors.newFixedThreadPool(threads);
    }

    /** Waits where too much is waiting. */
    void submit(Callable<T> work) {
        waiting.add(pool.submit(work));
        while (waiting.size() > WAITING * threads) {
            take();
        }
    }

    private void take() {
        Future<T> next = waiting.remove();
        hasFailed = true; // unless it comes and is taken
        try {
            results.accept(next.get());
            hasFailed = false;
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case RuntimeException cause -> cause;
                case IOException cause -> new UncheckedIOException(cause);
                case null, default -> new IllegalStateException(String.valueOf(e.getCause()), e);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the job was stopped", e);
        }
    }

    /** Takes all results, or after a failure none. */
    @Override
    public void close() {
        try {
            while (!hasFailed && !waiting.isEmpty()) {
                take();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
