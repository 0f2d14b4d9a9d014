package ai.sphinxv.runtime.image;

/** A file that is no picture, or not one that can be read. The message is written for who sent it. */
public final class InvalidImageException extends IllegalArgumentException {
    public InvalidImageException(String message) {
        super(message);
    }
}
