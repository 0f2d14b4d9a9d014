package ai.sphinxv.functions.ask;

/** A client that lets an answer wait for it too long. The message is written for it, should it go on reading. */
public final class SlowReaderException extends RuntimeException {
    SlowReaderException(String message) {
        super(message);
    }
}
