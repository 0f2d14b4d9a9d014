package ai.sphinxv.runtime;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.cancel.Cancellation;
import ai.sphinxv.runtime.image.RegionCuts;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.Reading;
import ai.sphinxv.runtime.text.Told;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a question's marks while its picture is encoded: the cuts that the region expert sees, and what the text
 * expert reads in each region, several at a time. On virtual threads, whose carriers are there already: to start two others
 * takes more than a millisecond in a virtual machine. Where nothing is read, the cuts alone are made before that, on the
 * calling thread. Closing it stops what has not begun and waits for what has.
 */
final class MarksAhead implements AutoCloseable {
    private final List<VisualPrompt> marks;
    private final ExpertWords words;
    private final @Nullable ExecutorService threads;
    private final Semaphore free;
    private final Cancellation cancellation = Cancellation.current();
    private final CompletableFuture<Optional<RegionCuts>> cuts;
    private final List<CompletableFuture<Optional<Reading>>> readings;

    /** @param most threads at a time */
    MarksAhead(RgbImage image, List<VisualPrompt> marks, ModelConfig config, ExpertWords words, int most) {
        this.marks = marks;
        this.words = words;
        this.threads = marks.stream().anyMatch(words::reads) ? Executors.newVirtualThreadPerTaskExecutor() : null;
        this.free = new Semaphore(most);
        this.cuts = begin(() -> Optional.ofNullable(RegionCuts.of(
                image, marks.stream().map(mark -> mark.extent(image)).toList(), config)));
        this.readings =
                marks.stream().map(mark -> begin(() -> words.read(image, mark))).toList();
    }

    /** What the region expert sees; nothing where the model has none. */
    Optional<RegionCuts> cuts() {
        return done(cuts);
    }

    /** What the regions say, in words. */
    List<Told> texts() {
        return words.texts(marks, readings.stream().map(MarksAhead::done).toList());
    }

    private <T> CompletableFuture<T> begin(Supplier<T> work) {
        return threads == null
                ? CompletableFuture.completedFuture(work.get())
                : CompletableFuture.supplyAsync(() -> inTurn(work), threads);
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            throw new CancellationException("the question's marks are not needed any more");
        }
        try {
            return cancellation.during(work);
        } finally {
            free.release();
        }
    }

    private static <T> T done(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
            threads.close();
        }
    }
}
