package ai.sphinxv.runtime.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp"})
    void exactFormatsKeepEveryPixel(String format) throws IOException {
        var picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, 0xff0000);
        picture.setRGB(1, 0, 0x0000ff);

        var decoded = ImageDecoder.decode(file(picture, format));

        assertThat(decoded.width()).isEqualTo(2);
        assertThat(decoded.height()).isEqualTo(1);
        assertThat(decoded.rgb()).containsExactly(255, 0, 0, 0, 0, 255);
    }

    @Test
    void transparencyIsDroppedAndTheColourUnderItStays() throws IOException {
        var picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0x00123456);

        assertThat(ImageDecoder.decode(file(picture, "png")).rgb()).containsExactly(0x12, 0x34, 0x56);
    }

    @Test
    void greyIsNotBrightened() throws IOException {
        var picture = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setSample(0, 0, 0, 100);

        assertThat(ImageDecoder.decode(file(picture, "png")).rgb()).containsExactly(100, 100, 100);
    }

    @Test
    void sixteenBitsBecomeTheUpperEight() throws IOException {
        var picture = new BufferedImage(1, 1, BufferedImage.TYPE_USHORT_GRAY);
        picture.getRaster().setSample(0, 0, 0, 0x64ff);

        assertThat(ImageDecoder.decode(file(picture, "png")).rgb()).containsExactly(100, 100, 100);
    }

    // The quarters of the stored picture are red, green, blue and white, row by row.
    @ParameterizedTest
    @CsvSource({"1,RGBW", "2,GRWB", "3,WBGR", "4,BWRG", "5,RBGW", "6,BRWG", "7,WGBR", "8,GWRB", "9,RGBW"})
    void aJpegIsTurnedUprightByItsOrientation(int orientation, String quarters) throws IOException {
        var decoded = ImageDecoder.decode(withOrientation(file(quarters(), "jpeg"), orientation));

        boolean turned = orientation >= 5 && orientation <= 8;
        assertThat(decoded.width()).isEqualTo(turned ? 32 : 64);
        assertThat(decoded.height()).isEqualTo(turned ? 64 : 32);
        assertThat(quartersOf(decoded)).isEqualTo(quarters);
    }

    @Test
    void aColourProfileIsIgnored() throws IOException {
        byte[] file = file(grey(), "jpeg");
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] segment = BytesOf.jpegSegment(0xe2, BytesOf.joined(BytesOf.text("ICC_PROFILE\0\1\1"), profile));

        var decoded = ImageDecoder.decode(BytesOf.inserted(file, 2, segment));

        assertThat(decoded.rgb()).isEqualTo(ImageDecoder.decode(file).rgb());
    }

    @Test
    void brokenMetadataDoNotSpoilThePicture() throws IOException {
        byte[] file = withOrientation(file(quarters(), "jpeg"), 6);
        Arrays.fill(file, 14, 22, (byte) 0x7f); // within the TIFF header

        assertThat(quartersOf(ImageDecoder.decode(file))).isEqualTo("RGBW");
    }

    /** The canvas has four by three pixels, the frame two by two; what it leaves is of the transparent colour. */
    @ParameterizedTest
    @CsvSource({"0,1", "1,4"})
    void aGifsFirstFrameLiesWhereItIsShown(int transparent, int ground) {
        byte[] control = BytesOf.hex("21f904 01 0000 0%d 00".formatted(transparent));
        byte[] colours = BytesOf.hex("0c8800"); // clear, 1, 0, clear, 0, 1 in codes of three bits
        byte[] file = BytesOf.joined(BytesOf.gifHeader(4, 3), control, BytesOf.gifFrame(1, 1, 2, 2, colours));

        var decoded = ImageDecoder.decode(file);

        assertThat(decoded.width()).isEqualTo(4);
        assertThat(decoded.height()).isEqualTo(3);
        byte[] red = new byte[12];
        for (int i = 0; i < red.length; i++) {
            red[i] = decoded.rgb()[3 * i];
        }
        int g = ground;
        assertThat(red).containsExactly(g, g, g, g, g, 4, 1, g, g, 1, 4, g);
    }

    @Test
    void printColoursAreReadAsTheyLook() {
        var inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
        for (int i = 0; i < 64; i++) {
            inks.setPixel(i % 8, i / 8, new int[] {255, 55, 255, 205}); // as Adobe stores them: 255 is no ink
        }

        var decoded = ImageDecoder.decode(Pictures.file(new IIOImage(inks, null, null), "jpeg", false));

        assertThat(decoded.rgb()[0] & 0xff).isBetween(203, 207);
        assertThat(decoded.rgb()[1] & 0xff).isBetween(42, 46); // 55 * 205 / 255
        assertThat(decoded.rgb()[2] & 0xff).isBetween(203, 207);
    }

    @Test
    void aPictureThatDeclaresMoreThanItHoldsIsRefused() {
        byte[] png = BytesOf.patched(Pictures.png(9, 9), 0, BytesOf.pngHeader(8000, 8000, 8, 2, 0));

        assertThatThrownBy(() -> ImageDecoder.decode(png))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage(
                        "the image is damaged: it says it has 8000x8000 pixels, which take at least 186046 bytes, and has "
                                + png.length);
    }

    /** A viewer would show grey where they are missing. */
    @Test
    void aJpegWhosePixelsAreCutOffIsRefused() {
        byte[] whole = Pictures.jpeg(64, 64);

        assertThatThrownBy(() -> ImageDecoder.decode(Arrays.copyOf(whole, whole.length * 2 / 3)))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("the image is cut off: its JPEG data end before its 64x64 pixels do");
        assertThat(ImageDecoder.decode(Arrays.copyOf(whole, whole.length - 2)).rgb())
                .as("only the end marker is missing")
                .isEqualTo(ImageDecoder.decode(whole).rgb());
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> ImageDecoder.decode(new byte[0]))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("the image is empty: 0 bytes");
    }

    @Test
    void aTextIsNoPicture() {
        assertThatThrownBy(() -> ImageDecoder.decode("<svg/>".getBytes(UTF_8)))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("the image is not a JPEG, PNG, GIF or BMP file");
    }

    @Test
    void aFileCutInTheMiddleIsRefused() throws IOException {
        byte[] whole = file(quarters(), "png");

        assertThatThrownBy(() -> ImageDecoder.decode(Arrays.copyOf(whole, 60)))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("the image is damaged: its PNG data cannot be decoded");
    }

    @Test
    void aBombIsRefusedByItsHeader() {
        assertThatThrownBy(() -> ImageDecoder.decode(pngHeader(30_000, 29_000)))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("the image has 30000x29000 pixels; at most 30000 on a side and 64000000 in all are read");
        assertThatThrownBy(() -> ImageDecoder.decode(pngHeader(30_001, 1)))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("the image has 30001x1 pixels; at most 30000 on a side and 64000000 in all are read");
    }

    private static byte[] file(BufferedImage picture, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(picture, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    private static BufferedImage quarters() {
        var picture = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        var graphics = picture.createGraphics();
        for (int quarter = 0; quarter < 4; quarter++) {
            graphics.setColor(colours[quarter]);
            graphics.fillRect(quarter % 2 * 32, quarter / 2 * 16, 32, 16);
        }
        graphics.dispose();
        return picture;
    }

    private static BufferedImage grey() {
        var picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                picture.setRGB(x, y, 0x808080);
            }
        }
        return picture;
    }

    private static String quartersOf(RgbImage picture) {
        var names = new StringBuilder();
        for (int quarter = 0; quarter < 4; quarter++) {
            int x = picture.width() / 4 * (1 + quarter % 2 * 2);
            int y = picture.height() / 4 * (1 + quarter / 2 * 2);
            int at = 3 * (y * picture.width() + x);
            boolean red = picture.rgb()[at] < 0; // a byte above 127
            boolean green = picture.rgb()[at + 1] < 0;
            boolean blue = picture.rgb()[at + 2] < 0;
            names.append(red && green && blue ? 'W' : red ? 'R' : green ? 'G' : blue ? 'B' : '?');
        }
        return names.toString();
    }

    /** The JPEG with an EXIF segment after its first marker: one entry, tag 0x0112. */
    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        return ByteBuffer.allocate(jpeg.length + 36)
                .put(jpeg, 0, 2)
                .putShort((short) 0xffe1)
                .putShort((short) 34)
                .put("Exif\0\0".getBytes(UTF_8))
                .put("MM".getBytes(UTF_8))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static byte[] pngHeader(int width, int height) {
        var header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(UTF_8))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0});
        var crc = new CRC32();
        crc.update(header.array());
        return ByteBuffer.allocate(33)
                .putLong(0x89504e470d0a1a0aL)
                .putInt(13)
                .put(header.array())
                .putInt((int) crc.getValue())
                .array();
    }
}
