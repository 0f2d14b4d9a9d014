package ai.sphinxv.runtime.bench;

import ai.sphinxv.runtime.bundle.ModelConfig.Image;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.image.SquareImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A JPEG to what the vision encoder reads: decoded, padded, resized by the bicubic filter, normalised. */
@State(Scope.Benchmark)
public class PictureBench {
    /** Of the square that nano looks at. */
    private static final int SIDE = 640;

    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

    /** Of a width of four to a height of three. */
    @Param({"0.3", "2", "12"})
    double megapixels;

    private byte[] file = {};
    private RgbImage picture = new RgbImage(1, 1, new byte[3]);
    private final Image config = new Image(SIDE, 2, Padding.AROUND, List.of(0, 0, 0), HALF, HALF, false);

    @Setup
    public void draw() throws IOException {
        int height = (int) Math.round(Math.sqrt(megapixels * 1e6 * 3 / 4));
        int width = height * 4 / 3;
        var drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) { // waves, with as much in them as a photograph has
                int level = (int) (127 + 60 * Math.sin(x / 7.0) + 60 * Math.cos(y / 11.0 + x / 90.0));
                drawn.setRGB(x, y, level << 16 | (255 - level) << 8 | (x ^ y) & 0xff);
            }
        }
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(drawn, "jpeg", bytes);
        file = bytes.toByteArray();
        picture = ImageDecoder.decode(file);
    }

    @Benchmark
    public RgbImage decoded() {
        return ImageDecoder.decode(file);
    }

    @Benchmark
    public SquareImage resized() {
        return SquareImage.of(picture, config);
    }

    @Benchmark
    public SquareImage whole() {
        return SquareImage.of(ImageDecoder.decode(file), config);
    }
}
