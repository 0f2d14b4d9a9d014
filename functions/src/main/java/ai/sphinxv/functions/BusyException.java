package ai.sphinxv.functions;

/** A request that cannot have its turn now. The message is written for who asked. */
public final class BusyException extends RuntimeException {

    /** Why, as the metric {@code admission_rejected_total} has it. */
    public enum Reason {
        QUEUE_FULL,
        PATIENCE,
        FETCHING,
        STOPPING
    }

    private final Reason reason;

    public BusyException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
