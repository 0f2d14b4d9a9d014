package ai.sphinxv.runtime.prompt;

/** A mark, or the question around it, that cannot be answered. The message is written for who drew it. */
public final class InvalidPromptException extends IllegalArgumentException {
    public InvalidPromptException(String message) {
        super(message);
    }
}
