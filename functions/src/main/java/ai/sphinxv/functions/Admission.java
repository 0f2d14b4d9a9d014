package ai.sphinxv.functions;

import ai.sphinxv.functions.BusyException.Reason;
import ai.sphinxv.runtime.cancel.Cancellation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who may run now. So many answers are worked on at once, so many wait for their turn, and only for so long; everyone else
 * is told at once to come back. A turn goes to the tenants that wait one after the other, however many requests each of them
 * has, and within a tenant to who came first. No tenant may have more than its share of those that wait.
 */
@Singleton
public class Admission {
    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofMinutes(1);

    /** How much the last turn counts in the mean of those before. */
    private static final double NEWEST = 0.1;

    private final SphinxConfig.Admission config;
    private final int share;
    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();

    private final ReentrantLock lock = new ReentrantLock(); // of all below
    private final SequencedMap<String, Deque<Turn>> lines = new LinkedHashMap<>(); // by tenant, the next one first
    private int free;
    private int waiting;
    private double meanNanos = SOONEST.toNanos();

    private volatile boolean stopping;

    Admission(SphinxConfig config) {
        this.config = config.admission();
        this.share = this.config.share().orElse(Math.ceilDiv(this.config.waiting(), 2));
        this.free = this.config.concurrent();
    }

    /** A place in the line. */
    private static final class Turn {
        private final CountDownLatch over = new CountDownLatch(1); // the wait
        private boolean mine; // guarded by the lock
    }

    /** {@link #run(String, Function)} of work that does not want to know how long it waited. */
    public <T> T run(String tenant, Supplier<T> work) {
        return run(tenant, waited -> work.get());
    }

    /**
     * Does the work when its turn comes, on the calling thread. Whoever is cancelled meanwhile loses its place at once.
     *
     * @param tenant whose work it is; empty where tenants are not told apart, and then it may have all places
     * @throws BusyException if too many wait already, the wait was too long, or the process is about to end
     */
    public <T> T run(String tenant, Function<Duration, T> work) {
        long asked = System.nanoTime();
        var cancellation = Cancellation.current();
        awaitTurn(tenant, cancellation);
        long begun = System.nanoTime();
        running.add(cancellation);
        try {
            if (stopping) {
                throw stopping();
            }
            return cancellation.during(() -> work.apply(Duration.ofNanos(begun - asked)));
        } finally {
            running.remove(cancellation);
            release(System.nanoTime() - begun);
        }
    }

    /** Whether whoever came now would be sent away, whosever request it is. */
    public boolean isFull() {
        return locked(() -> free == 0 && waiting >= config.waiting());
    }

    /** What {@link #run} would tell one who comes when all is full. */
    public BusyException full() {
        return busy(Reason.QUEUE_FULL, "%d requests are waiting already".formatted(config.waiting()));
    }

    public int running() {
        return config.concurrent() - locked(() -> free);
    }

    public int waiting() {
        return locked(() -> waiting);
    }

    /** Lets nobody in any more and ends the running answers within one step of the decoder. */
    void stop() {
        stopping = true;
        running.forEach(cancellation -> cancellation.cancel(stopping()));
    }

    private void awaitTurn(String tenant, Cancellation cancellation) {
        Turn turn = join(tenant);
        boolean interrupted = false;
        try (var _ = cancellation.onCancel(turn.over::countDown)) {
            turn.over.await(config.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
        }
        if (leave(tenant, turn)) {
            return;
        }
        cancellation.check();
        throw interrupted
                ? stopping()
                : busy(
                        Reason.PATIENCE,
                        "no turn came within %d ms".formatted(config.patience().toMillis()));
    }

    /** A turn that may have come already. */
    private Turn join(String tenant) {
        return locked(() -> {
            if (stopping) {
                throw stopping();
            }
            var turn = new Turn();
            if (free > 0) {
                free--;
                give(turn);
                return turn;
            }
            requirePlace(tenant);
            lines.computeIfAbsent(tenant, name -> new ArrayDeque<>()).add(turn);
            waiting++;
            return turn;
        });
    }

    private void requirePlace(String tenant) {
        Deque<Turn> line = lines.get(tenant);
        int before = line == null ? 0 : line.size();
        if (!tenant.isEmpty() && before >= share && before < config.waiting()) {
            throw busy(
                    Reason.OVER_SHARE,
                    "%d of your requests are waiting already, which is your share of the %d that may"
                            .formatted(before, config.waiting()));
        }
        if (waiting >= config.waiting()) {
            throw full();
        }
    }

    /** Leaves the line; says whether the turn came. */
    private boolean leave(String tenant, Turn turn) {
        return locked(() -> {
            Deque<Turn> line = lines.get(tenant);
            if (line != null && line.remove(turn)) {
                waiting--;
                if (line.isEmpty()) {
                    lines.remove(tenant);
                }
            }
            return turn.mine;
        });
    }

    /** Passes a turn on that took so long. */
    private void release(long nanos) {
        locked(() -> {
            meanNanos += NEWEST * (nanos - meanNanos);
            var next = lines.pollFirstEntry();
            if (next == null) {
                return free++;
            }
            Deque<Turn> line = next.getValue();
            give(line.remove());
            if (!line.isEmpty()) {
                lines.put(next.getKey(), line); // behind the other tenants
            }
            return waiting--;
        });
    }

    private static void give(Turn turn) {
        turn.mine = true;
        turn.over.countDown();
    }

    private static BusyException stopping() {
        return new BusyException(Reason.STOPPING, "this server is about to stop", LATEST);
    }

    /** With the time until all that wait now will have had their turns, as turns have been of late. */
    private BusyException busy(Reason reason, String message) {
        double nanos = locked(() -> meanNanos * (waiting + 1) / config.concurrent());
        return new BusyException(
                reason, message, Duration.ofNanos(Math.clamp((long) nanos, SOONEST.toNanos(), LATEST.toNanos())));
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
