package ai.sphinxv.training.benchmark.run;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Work on the elements of a list, so many at once; the first that fails ends all of it. */
final class InTurn {
    private InTurn() {}

    /** What is done with one. */
    interface Work<T> {
        void on(T one) throws IOException, InterruptedException;
    }

    static <T> void each(List<T> all, int atOnce, Work<T> work) throws IOException, InterruptedException {
        if (atOnce == 1) {
            for (T one : all) {
                work.on(one);
            }
            return;
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            var done = new ExecutorCompletionService<Void>(threads);
            all.forEach(one -> done.submit(() -> {
                work.on(one);
                return null;
            }));
            try {
                for (int i = 0; i < all.size(); i++) {
                    done.take().get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                rethrow(Objects.requireNonNull(e.getCause(), "what failed has a cause"));
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private static void rethrow(Throwable cause) throws IOException, InterruptedException {
        switch (cause) {
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(cause);
        }
    }
}
