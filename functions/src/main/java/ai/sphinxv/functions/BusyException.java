package ai.sphinxv.functions;

import java.time.Duration;

/** A request that cannot have its turn now. The message is written for who asked. */
public final class BusyException extends RuntimeException {

    /** Why, as the metric {@code admission_rejected_total} has it. */
    public enum Reason {
        QUEUE_FULL,
        OVER_SHARE,
        PATIENCE,
        FETCHING,
        STOPPING
    }

    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private final Reason reason;
    private final Duration retryAfter;

    /** Where a place is soon free again. */
    public BusyException(Reason reason, String message) {
        this(reason, message, SHORTLY);
    }

    BusyException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    /** When it may be worth asking again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
