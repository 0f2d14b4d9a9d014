package ai.sphinxv.functions.ask;

import ai.sphinxv.runtime.image.InvalidImageException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** A picture file written as text: base64, bare or in a data URL. */
public final class PictureText {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";
    private static final String IMAGE = "image/";

    private PictureText() {}

    /**
     * The bytes of the file.
     *
     * @param limit of bytes
     * @throws InvalidImageException if the text is something else
     * @throws TooLargeException if the file is larger than the limit
     */
    public static byte[] bytes(String text, long limit) {
        String base64 = text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? payload(text) : text;
        requireSize(base64.length() / 4L * 3 - 2, limit); // before a copy is made; padding hides at most 2
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new InvalidImageException("image is not base64: send the file's bytes as base64, or as a data URL");
        }
        requireSize(bytes.length, limit);
        return bytes;
    }

    public static void requireSize(long bytes, long limit) {
        if (bytes > limit) {
            throw new TooLargeException("the image has more than %d bytes, which is all that is read".formatted(limit));
        }
    }

    private static String payload(String url) {
        int comma = url.indexOf(',');
        String header = comma < 0 ? "" : url.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT);
        if (!header.endsWith(BASE64)) {
            throw new InvalidImageException("image is a data URL that is not base64: it begins data:image/png;base64,");
        }
        if (!header.startsWith(IMAGE)) {
            throw new InvalidImageException("image is a data URL of another type than image/*");
        }
        return url.substring(comma + 1);
    }
}
