package ai.sphinxv.functions.ask;

/** Nobody is there any more to hear the answer. */
public final class GoneException extends RuntimeException {
    GoneException() {
        super("the client is gone");
    }
}
