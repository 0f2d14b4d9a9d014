package ai.sphinxv.runtime.image;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hostile picture is read or refused, in our words, for a bounded amount of memory. */
@Timeout(120)
class HostileImagesTest {
    private static final long PER_ROW = 64;

    private static final List<HostileImage> ALL = HostileImages.all();

    /** Words that only a library or a program would say. */
    private static final Pattern FOREIGN =
            Pattern.compile("(?i)exception|error|null|java|sun\\.|imageio|\\w\\.\\w|@|[0-9]*[a-f][0-9a-f]{7,}|/|\\n");

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @BeforeAll
    static void loadWhatStaysLoaded() {
        ImageDecoder.decode(Pictures.jpeg(8, 8));
        ImageDecoder.decode(Pictures.bmp(8, 8));
    }

    @Test
    void thereAreThousandsOfThem() {
        assertThat(ALL).hasSizeGreaterThan(3_000);
        assertThat(families()).hasSize(20);
    }

    /** But for a progressive JPEG, whose first scans are a coarse picture already. */
    @Test
    void aPictureThatIsCutOffIsReadWholeOrRefused() {
        for (byte[] file : HostileImages.whole().subList(0, 4)) {
            byte[] whole = ImageDecoder.decode(file).rgb();
            for (int length = 1; length < file.length; length++) {
                try {
                    assertThat(ImageDecoder.decode(Arrays.copyOf(file, length)).rgb())
                            .isEqualTo(whole);
                } catch (InvalidImageException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void eachOfThemIsReadOrRefused(String family) {
        for (HostileImage image : ALL) {
            if (image.family().equals(family)) {
                requireReadOrRefused(image);
            }
        }
    }

    static Set<String> families() {
        return ALL.stream().map(HostileImage::family).collect(toCollection(TreeSet::new));
    }

    private static void requireReadOrRefused(HostileImage image) {
        byte[] before = image.file().clone();
        long allocated = THREAD.getCurrentThreadAllocatedBytes();
        try {
            var picture = ImageDecoder.decode(image.file());
            requireLittle(image, allocated);
            if (!image.fate().readable()) {
                fail("%s was read as %dx%d", image, picture.width(), picture.height());
            }
            assertThat(image.fate().fits(picture))
                    .as("%s: %dx%d", image, picture.width(), picture.height())
                    .isTrue();
        } catch (InvalidImageException e) {
            requireLittle(image, allocated);
            assertThat(image.fate().refusable())
                    .as("%s: %s", image, e.getMessage())
                    .isTrue();
            assertThat(e.getMessage())
                    .as(image.toString())
                    .startsWith("the image ")
                    .doesNotContainPattern(FOREIGN);
            assertThat(e.getCause()).as(image.toString()).isNull();
        } finally {
            assertThat(image.file()).as(image.toString()).isEqualTo(before);
        }
    }

    /**
     * What is thrown away at once counts too: of a file in tiny pieces that is several times its size, and ImageIO makes an
     * object of each row of a bitmap, which the JVM's second compiler does away with, if it has come to that yet.
     */
    private static void requireLittle(HostileImage image, long before) {
        long took = THREAD.getCurrentThreadAllocatedBytes() - before;
        var fate = image.fate();
        long allowed = fate.memory() + (fate.readable() ? 12L * image.file().length + PER_ROW * fate.height() : 0);
        assertThat(took).as("%s took %d bytes", image, took).isLessThan(allowed);
    }
}
