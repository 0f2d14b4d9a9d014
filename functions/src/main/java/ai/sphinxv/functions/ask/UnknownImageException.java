package ai.sphinxv.functions.ask;

/** A request means a picture by its digest that is not known here, or not any more. */
public final class UnknownImageException extends RuntimeException {
    UnknownImageException(ImageDigest digest) {
        super("no picture %s is known here, or not any more: send the file itself".formatted(digest));
    }
}
