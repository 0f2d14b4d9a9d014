package ai.sphinxv.runtime.cancel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a piece of work before its time: nobody waits for it any more, or it took too long. Whoever may end it holds this;
 * the work runs {@link #during} it, and where it takes long it looks at {@link #current}. Safe for many threads.
 */
public final class Cancellation {
    private static final ScopedValue<Cancellation> CURRENT = ScopedValue.newInstance();

    private final List<Hook> hooks = new ArrayList<>(); // guarded by itself
    private volatile @Nullable RuntimeException why;

    /** That of the work on this thread; nobody can cancel work that nobody said could be. */
    public static Cancellation current() {
        return CURRENT.isBound() ? CURRENT.get() : new Cancellation();
    }

    /** Whether somebody may end the work on this thread. */
    public static boolean isThere() {
        return CURRENT.isBound();
    }

    /** Does the work on this thread, which can be ended from now on. Threads that it starts have to be given this. */
    public <T> T during(Supplier<T> work) {
        check();
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /**
     * Ends the work; returns at once. Only the first call has a say.
     *
     * @param reason comes out of the work
     */
    public void cancel(RuntimeException reason) {
        synchronized (hooks) {
            if (why == null) {
                why = reason;
                hooks.forEach(hook -> hook.end.run());
            }
        }
    }

    public boolean isCancelled() {
        return why != null;
    }

    /** Throws what {@link #cancel} was given, if it was called. */
    public void check() {
        RuntimeException reason = why;
        if (reason != null) {
            throw reason;
        }
    }

    /**
     * Has something else ended too until it is closed: now, if it is too late already.
     *
     * @param end returns at once and throws nothing
     */
    public Hook onCancel(Runnable end) {
        var hook = new Hook(end);
        synchronized (hooks) {
            hooks.add(hook);
            if (why != null) {
                end.run();
            }
        }
        return hook;
    }

    /** What is ended too. Once it is closed it is not called any more. */
    public final class Hook implements AutoCloseable {
        private final Runnable end;

        private Hook(Runnable end) {
            this.end = end;
        }

        @Override
        public void close() {
            synchronized (hooks) {
                hooks.remove(this);
            }
        }
    }
}
