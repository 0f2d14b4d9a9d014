package ai.sphinxv.runtime.graph;

import ai.sphinxv.runtime.bundle.ModelConfig.Language;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.cancel.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All sequences that are being decoded, each in its slot. One run of the graph at a time: whoever comes while one is under
 * way waits, and the next run takes a step of everybody who waited, so that the weights are read once for all of them.
 * Safe for many threads; a slot is for one.
 *
 * <p>A run goes over neighbouring slots. One among them that has no step to take reads a token of zeros at the place of
 * its next token, which that token will overwrite.
 *
 * <p>Who is cancelled waits for nobody else's run but one that its own step is part of.
 */
final class Sequences implements AutoCloseable {
    private static final int FREE = -1;

    private static final Duration PATIENCE = Duration.ofMillis(1);

    /** How soon who waits for the lock sees that nobody waits for it. */
    private static final Duration PROMPTNESS = Duration.ofMillis(5);

    /** Most tokens of one run. */
    private static final int PIECE = 512;

    /** Slots that are kept when nobody decodes. */
    private static final int IDLE = 2;

    private final Session session;
    private final Language language;
    private final float[] nothing;
    private final ReentrantLock running = new ReentrantLock();
    private final Queue<Step> waiting = new ConcurrentLinkedQueue<>();

    /** Slots that nobody needs any more, for the next who holds the lock to free. */
    private final Queue<Integer> givenBack = new ConcurrentLinkedQueue<>();

    /** Who holds the lock and lingers for others, if someone does. */
    private volatile @Nullable Thread host;

    private volatile int company = 1; // steps of the last run

    // all guarded by the lock
    private KvCache cache;
    private int[] lengths = {FREE};
    private final Map<Integer, DecoderRun> steps = new HashMap<>(); // by how many slots they run over

    Sequences(Session session, Language language) {
        this.session = session;
        this.language = language;
        this.nothing = new float[language.width()];
        this.cache = cache(lengths.length);
    }

    /** A token that a slot reads. */
    private static final class Step {
        private final int slot;
        private final float[] embed;
        private final float[] logits;
        private final Thread thread = Thread.currentThread();
        private volatile boolean done;
        private @Nullable Throwable failure;

        Step(int slot, float[] embed, float[] logits) {
            this.slot = slot;
            this.embed = embed;
            this.logits = logits;
        }
    }

    /** An empty sequence's slot; give it back. What an earlier sequence left there lies behind its length. */
    int take() {
        return alone(() -> {
            freeSlots();
            int slot = 0;
            while (slot < lengths.length && lengths[slot] != FREE) {
                slot++;
            }
            if (slot == lengths.length) {
                resize(2 * lengths.length);
            }
            lengths[slot] = 0;
            return slot;
        });
    }

    /** Does not wait for a run that is under way, which may take seconds. */
    void giveBack(int slot) {
        givenBack.add(slot);
        if (running.tryLock()) {
            leave();
        }
    }

    private void freeSlots() {
        boolean some = false;
        for (Integer slot = givenBack.poll(); slot != null; slot = givenBack.poll()) {
            lengths[slot] = FREE;
            some = true;
        }
        if (some && lengths.length > IDLE && Arrays.stream(lengths).allMatch(length -> length == FREE)) {
            resize(IDLE);
        }
    }

    void begin(int slot, KvPrefix prefix) {
        alone(() -> {
            cache.begin(slot, prefix);
            lengths[slot] = prefix.tokens();
        });
    }

    KvPrefix first(int slot, int tokens) {
        return alone(() -> cache.first(slot, tokens));
    }

    /**
     * Reads several tokens [tokens * H] of one sequence, a piece at a time with a step of all that wait in between; what is
     * kept between a long prompt's weights stays small so. Writes the logits [V] after the last. Ends early when cancelled.
     */
    void prefill(int slot, float[] embeds, int tokens, float[] logits) {
        for (int from = 0; from < tokens; from += PIECE) {
            int first = from;
            int count = Math.min(PIECE, tokens - from);
            alone(() -> {
                if (first > 0 && !waiting.isEmpty()) {
                    takeWaiting();
                }
                read(slot, embeds, first, count, logits);
            });
        }
    }

    private void read(int slot, float[] embeds, int first, int count, float[] logits) {
        try (var run = new DecoderRun(session, language, cache, slot, 1, count)) {
            run.put(0, embeds, first * language.width(), lengths[slot] + count);
            run.run(true);
            lengths[slot] += count;
            run.get(0, logits);
        }
    }

    /**
     * Reads one token [H] of one sequence, together with all that wait to do so; writes the logits [V] after it. An
     * interrupt does not end it: the step may be under way on another's thread. Nor does a cancellation then; it does
     * before.
     */
    void step(int slot, float[] embed, float[] logits) {
        var step = new Step(slot, embed, logits);
        waiting.add(step);
        if (waiting.size() >= company) {
            LockSupport.unpark(host);
        }
        var cancellation = Cancellation.current();
        try (var _ = cancellation.onCancel(() -> LockSupport.unpark(step.thread))) {
            finish(step, cancellation);
        }
        if (!step.done) {
            cancellation.check();
        }
        if (step.failure != null) {
            throw new GraphException(String.valueOf(step.failure.getMessage()), step.failure);
        }
    }

    /** Until it is done, by whomever, or is cancelled before anybody has taken it. */
    private void finish(Step step, Cancellation cancellation) {
        boolean interrupted = false;
        while (!step.done && !(cancellation.isCancelled() && waiting.remove(step))) {
            if (running.tryLock()) {
                try {
                    if (!step.done) {
                        takeWaiting();
                    }
                } finally {
                    leave();
                }
            } else {
                LockSupport.park(this); // until somebody took the step too, or left
                interrupted |= Thread.interrupted(); // else it would not park again
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void alone(Runnable work) {
        alone(() -> {
            work.run();
            return null;
        });
    }

    private <T> T alone(Supplier<T> work) {
        lock();
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /** Waits until the run that is under way is over, unless the work on this thread is cancelled meanwhile. */
    private void lock() {
        var cancellation = Cancellation.current();
        boolean interrupted = false;
        try {
            while (!tryLock()) {
                interrupted |= Thread.interrupted();
                cancellation.check();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean tryLock() {
        try {
            return running.tryLock(PROMPTNESS.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whoever waits with a step found the door locked, so it is told; the first goes in and takes the others along. */
    private void leave() {
        try {
            freeSlots();
        } finally {
            running.unlock();
        }
        Step next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }

    /**
     * Whoever was in the last run has its logits and is choosing its next token: a moment's patience and it is in this run
     * too, where it would else be dragged along for nothing.
     */
    private void awaitCompany() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        host = Thread.currentThread();
        for (long left = PATIENCE.toNanos(); waiting.size() < company && left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        host = null;
    }

    private void takeWaiting() {
        awaitCompany();
        List<Step> taken = new ArrayList<>();
        for (Step step = waiting.poll(); step != null; step = waiting.poll()) {
            taken.add(step);
        }
        company = taken.size();
        try {
            int count = 1 + taken.stream().mapToInt(step -> step.slot).max().orElseThrow();
            run(
                    taken,
                    steps.computeIfAbsent(count, slots -> new DecoderRun(session, language, cache, 0, slots, 1)),
                    count);
        } catch (RuntimeException | Error e) { // an error too: nobody may go on with the logits of before
            taken.forEach(step -> step.failure = e);
        } finally {
            for (Step step : taken) {
                step.done = true;
                LockSupport.unpark(step.thread);
            }
        }
    }

    private void run(List<Step> taken, DecoderRun run, int count) {
        for (int slot = 0; slot < count; slot++) {
            run.put(slot, nothing, 0, 1 + Math.clamp(lengths[slot], 0, language.maxTokens() - 1));
        }
        for (Step step : taken) {
            run.put(step.slot, step.embed, 0, lengths[step.slot] + 1);
        }
        run.run(false);
        for (Step step : taken) {
            lengths[step.slot]++;
            run.get(step.slot, step.logits);
        }
    }

    private KvCache cache(int slots) {
        return new KvCache(session.provider(), session.type(Subgraph.pastKey(0)), language, slots);
    }

    /** To more slots with what is in them, or to fewer, which are empty. */
    private void resize(int slots) {
        int before = lengths.length;
        KvCache resized = slots > before ? cache.grown(slots, lengths) : cache(slots);
        free();
        cache = resized;
        lengths = Arrays.copyOf(lengths, slots);
        Arrays.fill(lengths, Math.min(before, slots), slots, FREE);
    }

    private void free() {
        steps.values().forEach(DecoderRun::close);
        steps.clear();
        cache.close();
    }

    /** When no sequence is being decoded. */
    @Override
    public void close() {
        alone(this::free);
    }
}
