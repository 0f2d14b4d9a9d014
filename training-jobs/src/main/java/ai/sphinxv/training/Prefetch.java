package ai.sphinxv.training;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Makes the next few batches on a thread of its own, in order, while a step runs. */
final class Prefetch<T> implements AutoCloseable {
    private static final int AHEAD = 3;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Queue<Future<T>> waiting = new ArrayDeque<>();
    private final IntFunction<T> batches;
    private int asked;

    Prefetch(IntFunction<T> batches) {
        this.batches = batches;
    }

    T next() {
        while (waiting.size() < AHEAD) {
            int number = asked++;
            waiting.add(thread.submit(() -> batches.apply(number)));
        }
        try {
            return waiting.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a batch could not be made: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
