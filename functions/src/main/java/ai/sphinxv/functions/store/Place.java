package ai.sphinxv.functions.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something is kept, as a setting says it: a folder's path, or {@code s3://bucket/prefix}.
 *
 * @param bucket null for a folder
 * @param path the folder's, or the prefix of the bucket's keys: empty or with a slash at its end
 */
public record Place(@Nullable String bucket, String path) {
    private static final Pattern IN_BUCKET =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/[\\w.!*'()/-]*)?");
    private static final Pattern SLASHES_AROUND = Pattern.compile("^/+|/+$");

    /** @throws IllegalArgumentException if it begins with {@code s3:} and is no such place */
    public static Place of(String text) {
        if (!text.startsWith("s3:")) {
            return new Place(null, text);
        }
        Matcher place = IN_BUCKET.matcher(text);
        if (!place.matches()) {
            throw new IllegalArgumentException("a place in a bucket is s3://bucket/prefix, got " + text);
        }
        String prefix = place.group(2) == null
                ? ""
                : SLASHES_AROUND.matcher(place.group(2)).replaceAll("");
        return new Place(place.group(1), prefix.isEmpty() ? "" : prefix + "/");
    }
}
