package ai.sphinxv.training.benchmark.task;

/** A benchmark cannot be run for lack of a file, which the message names with where it was looked for. */
public final class MissingDataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MissingDataException(String message) {
        super(message);
    }
}
