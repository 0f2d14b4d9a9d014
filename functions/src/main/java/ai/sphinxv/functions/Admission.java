package ai.sphinxv.functions;

import ai.sphinxv.functions.BusyException.Reason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who may run now. So many answers are worked on at once, so many wait for their turn in the order they came, and only
 * for so long; everyone else is told at once to come back.
 */
@Singleton
public class Admission {
    private final SphinxConfig.Admission config;
    private final Semaphore turns;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean stopping;

    Admission(SphinxConfig config) {
        this.config = config.admission();
        turns = new Semaphore(this.config.concurrent(), true);
    }

    /**
     * Does the work when its turn comes, on the calling thread.
     *
     * @throws BusyException if too many wait already, the wait was too long, or the process is about to end
     */
    public <T> T run(Supplier<T> work) {
        return run(waited -> work.get());
    }

    /** {@link #run(Supplier)} of work that wants to know how long it waited. */
    public <T> T run(Function<Duration, T> work) {
        long asked = System.nanoTime();
        awaitTurn();
        try {
            return work.apply(Duration.ofNanos(System.nanoTime() - asked));
        } finally {
            turns.release();
        }
    }

    /** Ends an answer that is under way when the process wants to end; called between its tokens. */
    public void requireOpen() {
        if (stopping) {
            throw new BusyException(Reason.STOPPING, "this server is about to stop");
        }
    }

    public int running() {
        return config.concurrent() - turns.availablePermits();
    }

    public int waiting() {
        return waiting.get();
    }

    /** Lets nobody in any more and ends the running answers at their next token. */
    void stop() {
        stopping = true;
    }

    private void awaitTurn() {
        requireOpen();
        if (turns.tryAcquire()) {
            return;
        }
        if (waiting.incrementAndGet() > config.waiting()) {
            waiting.decrementAndGet();
            throw new BusyException(Reason.QUEUE_FULL, "%d requests are waiting already".formatted(config.waiting()));
        }
        try {
            if (!turns.tryAcquire(config.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BusyException(
                        Reason.PATIENCE,
                        "no turn came within %d ms".formatted(config.patience().toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException(Reason.STOPPING, "this server is about to stop");
        } finally {
            waiting.decrementAndGet();
        }
    }
}
