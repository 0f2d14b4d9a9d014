package ai.sphinxv.functions.ask;

/** An answer that took longer than this deployment allows. The message is written for who asked. */
public final class OutOfTimeException extends RuntimeException {
    OutOfTimeException(String message) {
        super(message);
    }
}
