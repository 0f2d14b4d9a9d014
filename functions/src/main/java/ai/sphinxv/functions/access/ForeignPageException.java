package ai.sphinxv.functions.access;

/** A request of a page that is none of ours, by way of somebody's browser. The message is written for who asked. */
public final class ForeignPageException extends RuntimeException {
    ForeignPageException(String message) {
        super(message);
    }
}
