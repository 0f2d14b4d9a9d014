package ai.sphinxv.runtime.image;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The kinds of files that are read. A name or a media type says nothing about a file; how it begins does. */
enum ImageFormat {
    JPEG("ffd8ff"),
    PNG("89504e470d0a1a0a"),
    GIF("474946383961", "474946383761"), // GIF89a and GIF87a
    BMP("424d");

    private final byte[][] beginnings;

    ImageFormat(String... beginnings) {
        this.beginnings =
                Arrays.stream(beginnings).map(HexFormat.of()::parseHex).toArray(byte[][]::new);
    }

    /** Null where it is none of them. */
    static @Nullable ImageFormat of(byte[] file) {
        for (ImageFormat format : values()) {
            for (byte[] beginning : format.beginnings) {
                int length = Math.min(beginning.length, file.length);
                if (Arrays.equals(beginning, 0, beginning.length, file, 0, length)) {
                    return format;
                }
            }
        }
        return null;
    }

    /** Reads the header. A file that ends within it, or contradicts itself, throws one or another runtime exception. */
    ImageFile open(byte[] file) {
        return switch (this) {
            case JPEG -> JpegFile.open(file);
            case PNG -> PngFile.open(file);
            case GIF -> GifFile.open(file);
            case BMP -> BmpFile.open(file);
        };
    }
}
