package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.ModelConfig;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that broke other servers (infra/threat-model.md has the list), each by its name. */
class ImageAdvisoriesTest {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @BeforeAll
    static void loadWhatStaysLoaded() {
        ImageDecoder.decode(Pictures.gif(8, 8));
        assertThatThrownBy(() -> ImageDecoder.decode(BytesOf.png(30_001, 1, 1, 0, new byte[10])))
                .isInstanceOf(InvalidImageException.class);
    }

    /** vLLM #47010 and SGLang #28587: 432 MB and almost two minutes of a core; here it is whole, as 18 MB of zeros packed. */
    @Test
    void vllm47010ABombIsRefusedByItsHeader() {
        byte[] bomb = BytesOf.png(12_000, 12_000, 1, 0, new byte[12_000 * 1_501]);
        assertThat(bomb.length).isLessThan(100_000);

        refusedForLittle(
                bomb, "the image has 12000x12000 pixels; at most 30000 on a side and 64000000 in all are read");
    }

    /** d-inference #335: 4.7 MB on the wire, 4.8 GB of pixels. */
    @Test
    void dInference335FortyThousandSquareIsRefusedByItsHeader() {
        byte[] file = BytesOf.joined(BytesOf.pngHeader(40_000, 40_000, 8, 2, 0), new byte[4_700_000]);

        refusedForLittle(file, "the image has 40000x40000 pixels");
    }

    /** scrimage #893: 8.6 GB for 35 bytes. The files are the thread's, then the same with a signature that is right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "R0lGODn//x8fgAAAACH5BAAAAAAALAAAAAB//x8fAAA=",
                "R0lGODn//3//gAAAACH5BAAAAAAALAAAAAB///9/AAA=",
                "R0lGODlh//8fH4AAAAAh+QQAAAAAACwAAAAAf/8fHwAA"
            })
    void scrimage893TinyGifsTakeNoGigabytes(String base64) {
        refusedForLittle(Base64.getDecoder().decode(base64), "the image ");
    }

    /** CVE-2026-22773: a picture of 1x1x3 was taken for three rows, and the engine died. */
    @ParameterizedTest
    @CsvSource({"1,1", "1,3", "3,1", "3,3", "1,500", "500,1", "3,500", "500,3", "2,2"})
    void cve202622773TheSmallestAndThinnestPicturesAreSeen(int width, int height) {
        var nano = ModelConfig.named("nano").image();

        for (byte[] file : new byte[][] {Pictures.png(width, height), Pictures.gif(width, height)}) {
            RgbImage image = ImageDecoder.decode(file);
            var seen = SquareImage.of(image, nano);

            assertThat(image.width()).isEqualTo(width);
            assertThat(image.height()).isEqualTo(height);
            for (float value : seen.pixels()) {
                assertThat(value).isFinite();
            }
        }
    }

    /** CVE-2026-5497: thousands of frames in one upload. The first is read, whatever follows. */
    @Test
    void cve20265497OfThousandsOfFramesOneIsRead() {
        byte[] first = Pictures.gif(12, 9);
        byte[] frame = BytesOf.gifFrame(0, 0, 12, 9, BytesOf.hex("84"));
        byte[] film = BytesOf.joined(first, BytesOf.repeated(frame, 20_000));
        byte[] jpegs = BytesOf.repeated(Pictures.jpeg(12, 9), 5_000);

        long before = THREAD.getCurrentThreadAllocatedBytes();
        assertThat(ImageDecoder.decode(film).rgb())
                .isEqualTo(ImageDecoder.decode(first).rgb());
        assertThat(ImageDecoder.decode(jpegs).width()).isEqualTo(12);
        assertThat(THREAD.getCurrentThreadAllocatedBytes() - before).isLessThan(12L * (film.length + jpegs.length));
    }

    private static void refusedForLittle(byte[] file, String message) {
        long before = THREAD.getCurrentThreadAllocatedBytes();
        try {
            ImageDecoder.decode(file);
        } catch (InvalidImageException e) {
            assertThat(THREAD.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
            assertThat(e.getMessage()).startsWith(message);
            return;
        }
        throw new AssertionError("it was read");
    }
}
