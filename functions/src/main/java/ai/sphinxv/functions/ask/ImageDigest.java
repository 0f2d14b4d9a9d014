package ai.sphinxv.functions.ask;

import ai.sphinxv.runtime.bundle.Sha256;
import ai.sphinxv.runtime.image.InvalidImageException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * SHA-256 of a picture file, by which it can be asked about again. Written {@code sha256:} and 64 hexadecimal digits.
 *
 * @param hex in lower case
 */
public record ImageDigest(String hex) {
    private static final String SCHEME = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public static ImageDigest of(byte[] picture) {
        return new ImageDigest(Sha256.of(picture));
    }

    /** Whether an image field means to be one; base64 and data URLs cannot begin so. */
    public static boolean isOne(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** @throws InvalidImageException if what follows the scheme is no digest */
    public static ImageDigest parse(String text) {
        String hex = text.substring(SCHEME.length()).toLowerCase(Locale.ROOT);
        if (!HEX.matcher(hex).matches()) {
            throw new InvalidImageException("image begins with sha256: and then needs 64 hexadecimal digits");
        }
        return new ImageDigest(hex);
    }

    @Override
    public String toString() {
        return SCHEME + hex;
    }
}
