package ai.sphinxv;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Small pictures of our own, and where the shared real ones lie. */
final class Pictures {
    private Pictures() {}

    /** 320x240: a red circle around (80, 70), a blue square from (190, 40) to (250, 100), the word STOP below. */
    static byte[] shapes() {
        var picture = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(new Color(226, 232, 220));
        pen.fillRect(0, 0, 320, 240);
        pen.setColor(new Color(214, 39, 40));
        pen.fillOval(45, 35, 70, 70);
        pen.setColor(new Color(31, 90, 220));
        pen.fillRect(190, 40, 60, 60);
        pen.setColor(Color.BLACK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 36));
        pen.drawString("STOP", 110, 190);
        pen.dispose();
        return encode(picture, "png");
    }

    static byte[] encode(BufferedImage picture, String format) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static String base64(byte[] file) {
        return Base64.getEncoder().encodeToString(file);
    }

    /** The folder of shared real pictures; tests skip where it is missing. */
    static Path shared() {
        return Path.of(System.getProperty("sphinxv.shared", "../../../shared"));
    }
}
