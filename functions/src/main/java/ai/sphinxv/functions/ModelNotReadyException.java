package ai.sphinxv.functions;

/** There is no model to ask, not yet or not at all. The message is written for who asked; the log has the rest. */
public final class ModelNotReadyException extends RuntimeException {
    ModelNotReadyException(String message) {
        super(message);
    }
}
