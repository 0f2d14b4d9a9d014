package ai.sphinxv.functions.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.TestConfig;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.RgbImage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownImagesTest {
    private static final ImageDigest DIGEST = ImageDigest.of(new byte[] {1, 2, 3});

    /** 30 KiB of pixels and 10 of what was seen. */
    private static final SeenImage SEEN =
            new SeenImage(new RgbImage(100, 100, new byte[30_000]), new float[2560], null, null);

    @Test
    void aPictureIsKnownByItsDigest() {
        var images = images("1M");
        images.keep("nano@1", "a", DIGEST, SEEN);

        assertThat(images.require("nano@1", "a", ImageDigest.parse(DIGEST.toString())))
                .isSameAs(SEEN);
    }

    @Test
    void anotherTenantDoesNotKnowIt() {
        var images = images("1M");
        images.keep("nano@1", "a", DIGEST, SEEN);

        assertThat(images.find("nano@1", "b", DIGEST)).isEmpty();
        assertThatThrownBy(() -> images.require("nano@1", "b", DIGEST))
                .isInstanceOf(UnknownImageException.class)
                .hasMessage("no picture %s is known here, or not any more: send the file itself".formatted(DIGEST));
    }

    @Test
    void anotherModelDoesNotKnowIt() {
        var images = images("1M");
        images.keep("nano@1", "a", DIGEST, SEEN);

        assertThat(images.find("nano@2", "a", DIGEST)).isEmpty();
    }

    @Test
    void noMoreAreKeptThanThereIsMemoryFor() {
        var images = images("100K");
        for (byte i = 0; i < 20; i++) {
            images.keep("nano@1", "a", digest(i), SEEN);
        }

        for (byte i = 0; i < 20; i++) {
            assertThat(images.find("nano@1", "a", digest(i)).isPresent()).isEqualTo(i >= 18);
        }
    }

    /** However often others were asked about: its sender's next question names it by its digest. */
    @Test
    void aPictureThatJustCameIsKnownAndTheLeastRecentIsNot() {
        var images = images("100K");
        images.keep("nano@1", "a", digest(0), SEEN);
        images.keep("nano@1", "a", digest(1), SEEN);
        for (int i = 0; i < 100; i++) {
            images.require("nano@1", "a", digest(1));
            images.require("nano@1", "a", digest(0));
        }

        images.keep("nano@1", "a", digest(2), SEEN);

        assertThat(images.find("nano@1", "a", digest(2))).isPresent();
        assertThat(images.find("nano@1", "a", digest(0))).isPresent();
        assertThat(images.find("nano@1", "a", digest(1))).isEmpty();
    }

    /** All of them together are 4 GB. */
    @Test
    void aHundredThousandDifferentPicturesTakeNoMoreThanTheyMay() {
        long before = heapInUse();

        assertThat(heapAfter(100_000, "128M") - before).isLessThan(150L << 20);
        assertThat(heapAfter(10_000, "300M") - before).isGreaterThan(250L << 20); // what is kept is seen
    }

    /** Bytes of heap in use after so many different pictures of different tenants. */
    private static long heapAfter(int pictures, String memory) {
        var images = images(memory);
        for (int i = 0; i < pictures; i++) {
            var seen = new SeenImage(new RgbImage(100, 100, new byte[30_000]), new float[2560], null, null);
            byte[] file = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
            images.keep("nano@1", "tenant " + i % 100, ImageDigest.of(file), seen);
        }
        long after = heapInUse();
        Reference.reachabilityFence(images);
        return after;
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void withoutASettingTheyTakeAFifthOfTheHeapAndNeverMoreThan64Megabytes() {
        assertThat(KnownImages.usual(100L << 20)).isEqualTo(20L << 20);
        assertThat(KnownImages.usual(4L << 30)).isEqualTo(64L << 20);
    }

    @Test
    void whatIsNoDigestIsRefused() {
        assertThat(ImageDigest.isOne("sha256:12")).isTrue();
        assertThat(ImageDigest.isOne("iVBORw0KGgo")).isFalse();
        assertThatThrownBy(() -> ImageDigest.parse("sha256:12"))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("image begins with sha256: and then needs 64 hexadecimal digits");
    }

    private static ImageDigest digest(int file) {
        return ImageDigest.of(new byte[] {(byte) file});
    }

    private static KnownImages images(String memory) {
        return new KnownImages(TestConfig.with(Map.of("sphinxv.images.memory", memory)), new SimpleMeterRegistry());
    }
}
