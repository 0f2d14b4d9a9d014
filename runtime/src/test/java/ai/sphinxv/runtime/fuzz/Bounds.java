package ai.sphinxv.runtime.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What reading one fuzzed input may cost the thread that reads it, so that a small input that takes long or much is a
 * finding as an exception is. Counted is the thread's own time, not the clock's: a busy machine finds nothing.
 */
public final class Bounds {
    private static final Duration MOST_TIME = Duration.ofSeconds(1);
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads the input, as often as it is asked to; what refuses it in words that are meant for it is caught there. */
    public interface Reading<E extends Exception> {
        void run() throws E;
    }

    private Bounds() {}

    /**
     * Reads within a second and so many bytes. What takes more is read again before it counts: the first time may have
     * loaded classes.
     *
     * @param mostBytes that may be allocated, whether they are kept or not
     */
    public static <E extends Exception> void within(long mostBytes, Reading<E> reading) throws E {
        if (!Cost.of(reading).isWithin(mostBytes)) {
            Cost again = Cost.of(reading);
            if (!again.isWithin(mostBytes)) {
                throw new AssertionError("one input took %d ms and %d bytes, at most %d and %d are right"
                        .formatted(again.nanos / 1_000_000, again.bytes, MOST_TIME.toMillis(), mostBytes));
            }
        }
    }

    /** What a reading took. */
    private record Cost(long nanos, long bytes) {
        static <E extends Exception> Cost of(Reading<E> reading) throws E {
            long bytes = THREAD.getCurrentThreadAllocatedBytes();
            long nanos = THREAD.getCurrentThreadCpuTime();
            reading.run();
            return new Cost(THREAD.getCurrentThreadCpuTime() - nanos, THREAD.getCurrentThreadAllocatedBytes() - bytes);
        }

        boolean isWithin(long mostBytes) {
            return nanos <= MOST_TIME.toNanos() && bytes <= mostBytes;
        }
    }
}
