package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole pictures of every layout that ImageIO writes, beside what ImageIO reads. */
class ImageFormatsTest {
    record Whole(String name, String format, boolean inPasses, BufferedImage picture) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aWholePictureIsReadPixelByPixel(Whole whole) throws IOException {
        byte[] file = Pictures.file(whole.picture, whole.format, whole.inPasses);

        var read = ImageDecoder.decode(file);

        var expected = Pixels.of(eightBits(ImageIO.read(new ByteArrayInputStream(file))));
        assertThat(read.width()).isEqualTo(expected.width());
        assertThat(read.height()).isEqualTo(expected.height());
        assertThat(read.rgb()).isEqualTo(expected.rgb());
    }

    static List<Whole> pictures() {
        var pictures = new ArrayList<Whole>();
        int[][] sizes = {{1, 1}, {1, 9}, {9, 1}, {3, 5}, {8, 8}, {17, 33}, {300, 200}};
        for (int[] size : sizes) {
            for (boolean inPasses : new boolean[] {false, true}) {
                for (var layout : layouts().entrySet()) {
                    var picture = Pictures.noise(size[0], size[1], layout.getValue());
                    String name =
                            "%s %dx%d%s".formatted(layout.getKey(), size[0], size[1], inPasses ? " in passes" : "");
                    pictures.add(new Whole("PNG " + name, "png", inPasses, picture));
                    if (layout.getKey().startsWith("index")) {
                        pictures.add(new Whole("GIF " + name, "gif", inPasses, picture));
                    }
                    if (layout.getKey().equals("rgb") || layout.getKey().equals("grey 8")) {
                        pictures.add(new Whole("JPEG " + name, "jpeg", inPasses, picture));
                        pictures.add(new Whole("BMP " + name, "bmp", false, picture));
                    }
                }
            }
        }
        return pictures;
    }

    private static Map<String, ImageTypeSpecifier> layouts() {
        var layouts = new LinkedHashMap<String, ImageTypeSpecifier>();
        var rgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
        var grey = ColorSpace.getInstance(ColorSpace.CS_GRAY);
        layouts.put("rgb", ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_3BYTE_BGR));
        layouts.put("rgb alpha", ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_4BYTE_ABGR));
        layouts.put(
                "rgb 16",
                ImageTypeSpecifier.createInterleaved(rgb, new int[] {0, 1, 2}, DataBuffer.TYPE_USHORT, false, false));
        layouts.put(
                "rgb alpha 16",
                ImageTypeSpecifier.createInterleaved(rgb, new int[] {0, 1, 2, 3}, DataBuffer.TYPE_USHORT, true, false));
        layouts.put(
                "grey alpha",
                ImageTypeSpecifier.createInterleaved(grey, new int[] {0, 1}, DataBuffer.TYPE_BYTE, true, false));
        layouts.put(
                "grey alpha 16",
                ImageTypeSpecifier.createInterleaved(grey, new int[] {0, 1}, DataBuffer.TYPE_USHORT, true, false));
        layouts.put("grey 16", ImageTypeSpecifier.createGrayscale(16, DataBuffer.TYPE_USHORT, false));
        for (int bits : new int[] {1, 2, 4, 8}) {
            layouts.put("grey " + bits, ImageTypeSpecifier.createGrayscale(bits, DataBuffer.TYPE_BYTE, false));
            layouts.put("index " + bits, indexed(bits));
        }
        return layouts;
    }

    private static ImageTypeSpecifier indexed(int bits) {
        byte[][] colours = new byte[4][1 << bits];
        for (int i = 0; i < 1 << bits; i++) {
            colours[0][i] = (byte) (i * 37 + 1);
            colours[1][i] = (byte) (i * 91 + 2);
            colours[2][i] = (byte) (i * 53 + 3);
            colours[3][i] = (byte) (i == 1 ? 0 : 255);
        }
        return ImageTypeSpecifier.createIndexed(
                colours[0], colours[1], colours[2], colours[3], bits, DataBuffer.TYPE_BYTE);
    }

    /** The upper eight bits of sixteen. */
    private static BufferedImage eightBits(BufferedImage picture) {
        if (picture.getSampleModel().getSampleSize(0) <= 8) {
            return picture;
        }
        int bands = picture.getRaster().getNumBands();
        var type = bands < 3 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        var eight = new BufferedImage(picture.getWidth(), picture.getHeight(), type);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                for (int band = 0; band < eight.getRaster().getNumBands(); band++) {
                    eight.getRaster().setSample(x, y, band, picture.getRaster().getSample(x, y, band) >> 8);
                }
            }
        }
        return eight;
    }
}
