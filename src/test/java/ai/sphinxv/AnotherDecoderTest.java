package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.RgbImage;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pixels that a model sees are those that a person sees in a browser and other programs: ours against Chromium's and libvips',
 * which share no decoder with Java. Lossless files are the same to the bit, 16 bits but for their rounding, and JPEGs but for that
 * of their transform.
 */
class AnotherDecoderTest {
    private static final Path VIPS = Path.of("/usr/bin/vips");
    private static final int[][] SIZES = {{1, 1}, {17, 13}, {64, 48}, {160, 121}};

    /** File in base64 to the pixels' RGBA in base64. */
    private static final String DECODE = """
            async (file) => {
              const bytes = Uint8Array.from(atob(file), (c) => c.charCodeAt(0));
              const picture = await createImageBitmap(new Blob([bytes]), {premultiplyAlpha: 'none', colorSpaceConversion: 'none'});
              const canvas = new OffscreenCanvas(picture.width, picture.height);
              const pen = canvas.getContext('2d', {willReadFrequently: true});
              pen.drawImage(picture, 0, 0);
              const {data} = pen.getImageData(0, 0, picture.width, picture.height);
              let text = '';
              for (const byte of data) text += String.fromCharCode(byte);
              return btoa(text);
            }""";

    /** @param tolerance largest difference of a channel */
    private record File(String kind, int tolerance, byte[] bytes) {}

    @Test
    void ourPixelsAreTheBrowsers() throws IOException {
        assumeTrue(Files.exists(PageIT.CHROMIUM), PageIT.CHROMIUM + " is not here: apt-get install chromium");
        List<File> files = files();
        Map<String, Integer> largest = new TreeMap<>();
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(PageIT.CHROMIUM)
                                .setArgs(PageIT.FLAGS))) {
            Page page = browser.newPage();
            for (File file : files) {
                String seen = (String) page.evaluate(DECODE, Base64.getEncoder().encodeToString(file.bytes));
                int difference = difference(
                        ImageDecoder.decode(file.bytes), Base64.getDecoder().decode(seen));
                largest.merge(file.kind, difference, Math::max);
                assertThat(difference).as(file.kind).isLessThanOrEqualTo(file.tolerance);
            }
        }
        System.out.printf("Another decoder: %d files, largest differences %s%n", files.size(), largest);
    }

    @Test
    void ourPixelsAreThoseOfLibvips(@TempDir Path folder) throws Exception {
        assumeTrue(Files.exists(VIPS), VIPS + " is not here: apt-get install libvips-tools");
        List<File> files = files();
        files.addAll(photographs());
        Map<String, Integer> largest = new TreeMap<>();
        for (File file : files) {
            int difference = difference(ImageDecoder.decode(file.bytes), libvips(folder, file.bytes));
            largest.merge(file.kind, difference, Math::max);
            assertThat(difference).as(file.kind).isLessThanOrEqualTo(Math.min(file.tolerance, 1));
        }
        System.out.printf("libvips: %d files, largest differences %s%n", files.size(), largest);
    }

    /** Upright, three or four bytes a pixel. */
    private static byte[] libvips(Path folder, byte[] file) throws IOException, InterruptedException {
        Path picture = Files.write(folder.resolve("picture"), file);
        boolean isJpeg = file[0] == (byte) 0xff;
        Path raw = folder.resolve("pixels.raw");
        Process vips = new ProcessBuilder(
                        VIPS.toString(),
                        "colourspace",
                        picture + (isJpeg ? "[autorotate]" : ""),
                        raw.toString(),
                        "srgb")
                .redirectErrorStream(true)
                .start();
        String said = new String(vips.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(vips.waitFor()).as(said).isZero();
        return Files.readAllBytes(raw);
    }

    /** JPEGs as others published them, with whole and with halved chroma; none where they are not. */
    private static List<File> photographs() throws IOException {
        Path pictures = Pictures.shared().resolve("data/mdvp-bench/images");
        if (!Files.isDirectory(pictures)) {
            return List.of();
        }
        var files = new ArrayList<File>();
        try (Stream<Path> all = Files.list(pictures)) {
            for (Path picture :
                    all.filter(file -> file.toString().endsWith(".jpg")).toList()) {
                files.add(new File("photograph", 1, Files.readAllBytes(picture)));
            }
        }
        return files;
    }

    private static int difference(RgbImage ours, byte[] theirs) {
        int pixels = ours.width() * ours.height();
        int bytes = theirs.length / pixels;
        assertThat(theirs).hasSize(bytes * pixels);
        assertThat(bytes).isBetween(3, 4);
        int largest = 0;
        for (int i = 0; i < pixels; i++) {
            for (int channel = 0; channel < 3; channel++) {
                int own = ours.rgb()[3 * i + channel] & 0xff;
                largest = Math.max(largest, Math.abs(own - (theirs[bytes * i + channel] & 0xff)));
            }
        }
        return largest;
    }

    private static List<File> files() throws IOException {
        var files = new ArrayList<File>();
        for (int[] size : SIZES) {
            for (int kind : new int[] {0, 1}) {
                files.add(new File("PNG", 0, file(drawn(size, kind, BufferedImage.TYPE_3BYTE_BGR), "png", 0)));
                files.add(new File("PNG, grey", 0, file(drawn(size, kind, BufferedImage.TYPE_BYTE_GRAY), "png", 0)));
                files.add(new File(
                        "PNG, palette", 0, file(drawn(size, kind, BufferedImage.TYPE_BYTE_INDEXED), "png", 0)));
                files.add(new File("PNG, two", 0, file(drawn(size, kind, BufferedImage.TYPE_BYTE_BINARY), "png", 0)));
                files.add(
                        new File("PNG, 16 bits", 1, file(drawn(size, kind, BufferedImage.TYPE_USHORT_GRAY), "png", 0)));
                files.add(new File("GIF", 0, file(drawn(size, kind, BufferedImage.TYPE_BYTE_INDEXED), "gif", 0)));
                files.add(new File("BMP", 0, file(drawn(size, kind, BufferedImage.TYPE_3BYTE_BGR), "bmp", 0)));
                files.add(
                        new File("JPEG, grey", 1, file(drawn(size, kind, BufferedImage.TYPE_BYTE_GRAY), "jpeg", 0.9f)));
                for (float quality : new float[] {0.5f, 0.95f}) {
                    files.add(new File(
                            "JPEG", 3, file(drawn(size, kind, BufferedImage.TYPE_3BYTE_BGR), "jpeg", quality)));
                }
            }
        }
        return files;
    }

    /** Noise or a smooth drawing. */
    private static BufferedImage drawn(int[] size, int kind, int type) {
        var picture = new BufferedImage(size[0], size[1], type);
        if (kind == 0) {
            var random = new Random(10);
            for (int i = 0; i < size[0] * size[1]; i++) {
                picture.setRGB(i % size[0], i / size[0], 0xff000000 | random.nextInt(1 << 24));
            }
        } else {
            var pen = picture.createGraphics();
            pen.setPaint(new GradientPaint(0, 0, Color.RED, size[0], size[1], Color.CYAN));
            pen.fillRect(0, 0, size[0], size[1]);
            pen.setColor(Color.BLACK);
            pen.fillOval(size[0] / 4, size[1] / 4, size[0] / 2, size[1] / 2);
            pen.dispose();
        }
        return picture;
    }

    private static byte[] file(BufferedImage picture, String format, float quality) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName(format).next();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (quality > 0) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(quality);
                if (quality < 0.9f) {
                    how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT); // in several scans
                }
            }
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
