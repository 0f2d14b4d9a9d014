package ai.sphinxv.functions.picture;

/** A picture that is not had from its URL. The message is written for who asked, and holds nothing that a server said. */
public final class PictureUrlException extends RuntimeException {

    /** Whose fault it is. */
    public enum Kind {
        /** The URL is none that is fetched here. */
        REFUSED,
        /** Its server did not give the picture. */
        FAILED,
        /** The file has more bytes than are read. */
        TOO_LARGE
    }

    private final Kind kind;

    PictureUrlException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
