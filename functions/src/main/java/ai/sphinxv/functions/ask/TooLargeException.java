package ai.sphinxv.functions.ask;

/** A picture file or a body with more bytes than this deployment reads. The message is written for who sent it. */
public final class TooLargeException extends RuntimeException {
    public TooLargeException(String message) {
        super(message);
    }
}
