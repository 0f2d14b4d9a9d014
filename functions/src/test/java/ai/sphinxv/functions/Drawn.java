package ai.sphinxv.functions;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** A picture of our own: a red square from (40, 40) to (100, 100) on a light ground of 160x140 pixels. */
public final class Drawn {
    private Drawn() {}

    /** In base64, a PNG of the picture's size that is white there and black elsewhere. */
    public static String mask(int left, int top, int right, int bottom) {
        var picture = new BufferedImage(160, 140, BufferedImage.TYPE_BYTE_BINARY);
        var pen = picture.createGraphics();
        pen.fillRect(left, top, right - left, bottom - top);
        pen.dispose();
        return Base64.getEncoder().encodeToString(png(picture));
    }

    public static byte[] png() {
        return png(new Color(200, 40, 40));
    }

    /** With a square of another colour: another picture. */
    public static byte[] png(Color square) {
        var picture = new BufferedImage(160, 140, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setColor(new Color(235, 235, 228));
        pen.fillRect(0, 0, 160, 140);
        pen.setColor(square);
        pen.fillRect(40, 40, 60, 60);
        pen.dispose();
        return png(picture);
    }

    private static byte[] png(BufferedImage picture) {
        var file = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    public static String base64() {
        return Base64.getEncoder().encodeToString(png());
    }

    /** A whole request about one mark. */
    public static String request(String mark) {
        return request(png(), mark);
    }

    public static String request(byte[] picture, String mark) {
        return "{\"image\":\"%s\",\"question\":\"Please identify the labels of each marked region in the image.\",\"marks\":[%s]}"
                .formatted(Base64.getEncoder().encodeToString(picture), mark);
    }
}
