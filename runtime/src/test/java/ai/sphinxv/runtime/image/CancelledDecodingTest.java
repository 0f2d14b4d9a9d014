package ai.sphinxv.runtime.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.cancel.Cancellation;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Pictures that nobody wants any more once their decoding has begun. */
class CancelledDecodingTest {
    private final RuntimeException gone = new IllegalStateException("the client is gone");

    @Test
    void everyFormatEndsAtItsNextRowsAndIsNotCalledDamaged() {
        var noise = Pictures.noise(64, 64, BufferedImage.TYPE_3BYTE_BGR);
        var files = List.of(
                Pictures.png(64, 64),
                Pictures.file(noise, "png", true),
                Pictures.jpeg(64, 64),
                Pictures.file(noise, "jpeg", true),
                Pictures.gif(64, 64),
                Pictures.bmp(64, 64));

        for (byte[] file : files) {
            assertEnds(() -> ImageDecoder.decode(file));
        }
    }

    @Test
    void resizingEndsAtItsNextRows() {
        var picture = ImageDecoder.decode(Pictures.png(64, 64));

        assertEnds(() -> SquareImage.of(picture, ModelConfig.named("nano").image()));
    }

    private void assertEnds(Supplier<?> work) {
        var cancellation = new Cancellation();
        assertThatThrownBy(() -> cancellation.during(() -> {
                    cancellation.cancel(gone);
                    return work.get();
                }))
                .isSameAs(gone);
    }
}
