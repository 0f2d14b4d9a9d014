package ai.sphinxv.training.benchmark;

import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.RegionFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** A folder of labelled pictures, drawn for a test: each is 100x100 pixels. */
final class Drawn {
    private final Path folder;
    private final List<String> pictures = new ArrayList<>();

    Drawn(Path folder) {
        this.folder = folder;
    }

    /** A region in JSON; more is put behind the label. */
    static String region(int x, int y, int width, int height, String label, String more) {
        return "{\"box\": [%d, %d, %d, %d], \"label\": \"%s\"%s}".formatted(x, y, width, height, label, more);
    }

    static String line(int y, String text) {
        return region(5, y, 80, 8, "text line", ", \"text\": \"%s\"".formatted(text));
    }

    /** A grey picture with these regions. */
    Drawn picture(String file, String more, String... regions) throws IOException {
        write(file, new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB));
        pictures.add("""
                {"image": "%s", "domain": "any", "width": 100, "height": 100, "license": "own"%s, "regions": [%s]}
                """.formatted(file, more, String.join(", ", regions)));
        return this;
    }

    /** A mask whose segment 1 + 256 * 2 + 65536 * 3 is one rectangle; all else is segment 0. */
    Drawn mask(String file, int x, int y, int width, int height) throws IOException {
        var mask = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        var graphics = mask.createGraphics();
        graphics.setColor(new Color(1, 2, 3));
        graphics.fillRect(x, y, width, height);
        graphics.dispose();
        write(file, mask);
        return this;
    }

    /** Writes the domain's file and reads it again. */
    List<LabelledImage> as(String domain) throws IOException {
        Path json = folder.resolve(domain + ".json");
        Files.writeString(json, "[" + String.join(",", pictures) + "]");
        return RegionFile.read(json);
    }

    private void write(String file, BufferedImage picture) throws IOException {
        ImageIO.write(picture, "png", folder.resolve(file).toFile());
    }
}
