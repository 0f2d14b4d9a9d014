package ai.sphinxv.training.teacher;

import ai.sphinxv.runtime.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a chat model.
 *
 * @param system who it is and what it is to do; nothing where the question says it all
 * @param text the question
 * @param pictures shown after the text, in this order
 */
public record ChatQuestion(@Nullable String system, String text, List<Picture> pictures) {

    /** What a picture costs at most, before the server has said it. */
    private static final long PICTURE_TOKENS = 2_000;

    /** Bytes of text that are one token at least. */
    private static final long TOKEN_BYTES = 2;

    public ChatQuestion {
        pictures = List.copyOf(pictures);
    }

    /** A picture file, as it goes over the wire. */
    public record Picture(String mediaType, byte[] bytes) {

        /** Without loss. */
        public static Picture png(RgbImage image) {
            return encoded(image, "png");
        }

        /** A tenth of the size. */
        public static Picture jpeg(RgbImage image) {
            return encoded(image, "jpeg");
        }

        private static Picture encoded(RgbImage image, String format) {
            BufferedImage pixels = SetOfMarks.buffered(image);
            var bytes = new ByteArrayOutputStream();
            try {
                if (!ImageIO.write(pixels, format, bytes)) {
                    throw new IllegalStateException("Java writes no " + format);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("in memory nothing fails", e);
            }
            return new Picture("image/" + format, bytes.toByteArray());
        }
    }

    /** Tokens of the question, rather too many. */
    long tokensAtMost() {
        return (bytes(text) + bytes(system)) / TOKEN_BYTES + PICTURE_TOKENS * pictures.size();
    }

    private static long bytes(@Nullable String words) {
        return words == null ? 0 : words.getBytes(StandardCharsets.UTF_8).length;
    }
}
