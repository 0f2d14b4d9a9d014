package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.cancel.Cancellation;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;

/**
 * From an uploaded file to upright pixels. Reads JPEG, PNG, GIF (its first frame, where it lies on the canvas) and BMP,
 * told apart by how they begin and by nothing else. Transparency is dropped and colour profiles are ignored, as in the
 * published preprocessing; a JPEG's EXIF orientation is applied, because people mark what they see.
 *
 * <p>Files come from strangers. The header is read first, here and not by a library, and what it says must be within the
 * limits and fit into the file; only then is memory taken, about four bytes for each pixel. What is no pixel (texts,
 * profiles, thumbnails, further frames) is never unpacked.
 */
public final class ImageDecoder {

    /** Longest side that is read, pixels. */
    public static final int MAX_SIDE = 30_000;

    /** Most pixels that are read. */
    public static final long MAX_PIXELS = 64_000_000;

    private ImageDecoder() {}

    /**
     * The picture in that file.
     *
     * @throws InvalidImageException if there is none, or it is too large or not all there; the size is known before any
     *     pixel is decoded
     * @throws RuntimeException with which the {@link Cancellation} of the work on this thread ended it, at the next row
     */
    public static RgbImage decode(byte[] file) {
        return decode(file, format(file), image -> {});
    }

    /**
     * The picture in a PNG file that says it has that size: a mask of another picture, where other formats would not keep
     * black what is black.
     *
     * @throws InvalidImageException as there, or if it is of another kind or size; no pixel is decoded then
     */
    public static RgbImage decodeMask(byte[] file, int width, int height) {
        ImageFormat format = format(file);
        if (format != ImageFormat.PNG) {
            throw new InvalidImageException("the image is a %s file, a mask comes as a PNG".formatted(format));
        }
        return decode(file, format, image -> {
            if (image.width() != width || image.height() != height) {
                throw new InvalidImageException("the image has %dx%d pixels, the picture that it is a mask of %dx%d"
                        .formatted(image.width(), image.height(), width, height));
            }
        });
    }

    private static ImageFormat format(byte[] file) {
        if (file.length == 0) {
            throw new InvalidImageException("the image is empty: 0 bytes");
        }
        ImageFormat format = ImageFormat.of(file);
        if (format == null) {
            throw new InvalidImageException("the image is not a JPEG, PNG, GIF or BMP file");
        }
        return format;
    }

    private static RgbImage decode(byte[] file, ImageFormat format, Consumer<ImageFile> check) {
        try {
            ImageFile image = format.open(file);
            requireSize(image.width(), image.height());
            requireHeld(image, file);
            check.accept(image);
            return image.pixels();
        } catch (InvalidImageException e) {
            throw e;
        } catch (IOException | DataFormatException | RuntimeException e) { // libraries throw nearly anything
            Cancellation.current().check();
            throw new InvalidImageException("the image is damaged: its %s data cannot be decoded".formatted(format));
        }
    }

    private static void requireSize(int width, int height) {
        if (width < 1 || height < 1) {
            throw new InvalidImageException(
                    "the image is damaged: it says it has %dx%d pixels".formatted(width, height));
        }
        if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
            throw new InvalidImageException("the image has %dx%d pixels; at most %d on a side and %d in all are read"
                    .formatted(width, height, MAX_SIDE, MAX_PIXELS));
        }
    }

    private static void requireHeld(ImageFile image, byte[] file) {
        if (image.leastBytes() > file.length) {
            throw new InvalidImageException(
                    "the image is damaged: it says it has %dx%d pixels, which take at least %d bytes, and has %d"
                            .formatted(image.width(), image.height(), image.leastBytes(), file.length));
        }
    }
}
