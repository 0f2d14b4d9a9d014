package ai.sphinxv.runtime.graph;

/** A graph that cannot start or run: our mistake or the machine's, never the caller's. */
public final class GraphException extends RuntimeException {
    public GraphException(String message) {
        super(message);
    }

    public GraphException(String message, Throwable cause) {
        super(message, cause);
    }
}
