package ai.sphinxv.training.teacher;

import java.net.ConnectException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why there is no answer; the message says what was asked of whom, what came back and what to do. */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong. */
    public enum Reason {
        /** The server will not take the request, however often: wrong key, unknown model, too long. */
        REJECTED,
        /** 429, 5xx. */
        BUSY,
        /** No whole reply in time. */
        TIMED_OUT,
        /** No connection, or it broke before the last byte. */
        BROKEN_OFF,
        /** A reply that is not what a chat endpoint sends. */
        DAMAGED,
        /** The model would not answer. */
        REFUSED,
        /** The run has spent its tokens. */
        OVER_BUDGET,
        /** This run is being stopped. */
        STOPPED
    }

    private final Reason reason;
    private final transient @Nullable Duration wait;

    ChatException(Reason reason, String message) {
        this(reason, message, null, null);
    }

    ChatException(Reason reason, String message, @Nullable Throwable cause) {
        this(reason, message, cause, null);
    }

    /** @param wait how long the server asks to wait */
    ChatException(Reason reason, String message, @Nullable Throwable cause, @Nullable Duration wait) {
        super(message, cause);
        this.reason = reason;
        this.wait = wait;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the same request may succeed later. */
    public boolean mayPass() {
        return switch (reason) {
            case BUSY, TIMED_OUT, BROKEN_OFF, DAMAGED -> true;
            case REJECTED, REFUSED, OVER_BUDGET, STOPPED -> false;
        };
    }

    /** Whether nobody listened: whatever had been asked, the answer would have been the same. */
    public boolean isNobodyThere() {
        return getCause() instanceof ConnectException;
    }

    @Nullable
    Duration askedToWait() {
        return wait;
    }
}
