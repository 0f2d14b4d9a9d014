package ai.sphinxv.training.engine;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a picture is called, though datasets file it in different places: COCO's pictures are in twenty of them. */
final class PictureKey {
    private static final Pattern COCO = Pattern.compile("^coco_(train|val|test)\\d{4}_(?=\\d{12}$)");

    /** A shorter name, such as 17 or img_1, says nothing. */
    private static final int TELLING = 8;

    private PictureKey() {}

    /** The file's name without folder, ending and COCO's prefix, in small letters; nothing where that could be any picture. */
    static Optional<String> telling(String image) {
        String stem = stem(image);
        return stem.length() < TELLING ? Optional.empty() : Optional.of(stem);
    }

    /** The same, or where it tells nothing the name with its source. */
    static String of(String source, String image) {
        return telling(image).orElseGet(() -> source + "/" + image);
    }

    private static String stem(String image) {
        String name = image.substring(Math.max(image.lastIndexOf('/'), image.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        String stem = (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
        return COCO.matcher(stem).replaceFirst("");
    }

    /** 64 well-mixed bits of a text, the same everywhere. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }

    /** 0 to below 1, evenly. */
    static double share(String text) {
        return (hash(text) >>> 11) * 0x1p-53;
    }
}
