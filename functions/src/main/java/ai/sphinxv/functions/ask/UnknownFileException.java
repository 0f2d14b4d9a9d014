package ai.sphinxv.functions.ask;

/** A file or batch that is not kept here, or not any more. The message is written for who asked. */
public final class UnknownFileException extends RuntimeException {
    public UnknownFileException(String message) {
        super(message);
    }
}
