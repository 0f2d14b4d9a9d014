package ai.sphinxv.functions.chain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.functions.Drawn;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.ModelAtHand;
import ai.sphinxv.functions.TestConfig;
import ai.sphinxv.functions.ask.ImageDigest;
import ai.sphinxv.functions.ask.MarkRequest;
import ai.sphinxv.functions.ask.UnknownImageException;
import ai.sphinxv.runtime.image.RgbImage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Features between processes: each tenant stands for a process of its own here, since none knows another's pictures. */
@QuarkusTest
class CarriedFeaturesTest {
    private static final ChainMessage ASKED = new ChainMessage(
            Drawn.base64(),
            true,
            null,
            List.of(new MarkRequest(null, List.of(40.0, 40.0, 100.0, 100.0), null, null, null, null)),
            null,
            null,
            "Please identify the labels of each marked region in the image.",
            null,
            null,
            null,
            null);

    @Inject
    Chain chain;

    @Inject
    LoadedModel model;

    @BeforeEach
    void modelIsReady() throws InterruptedException {
        ModelAtHand.await(model);
    }

    @Test
    void eachStepInAProcessOfItsOwnAnswersAsAllInOne() {
        var seen = chain.encodeImage(ASKED, "first");
        var marked = chain.encodePrompts(seen, "second");
        var answer = chain.generate(marked, "third");

        assertThat(answer.answer()).isEqualTo(chain.understand(ASKED, "fourth").answer());
    }

    @Test
    void whatATenantCarriesHereIsNotKnownAfterwards() {
        var marked = chain.encodePrompts(chain.encodeImage(ASKED, "first"), "second");
        var withoutFeatures = marked.seen(marked.digest(), null);

        assertThatThrownBy(() -> chain.generate(withoutFeatures, "second")).isInstanceOf(UnknownImageException.class);
    }

    @Test
    void numbersThatNoModelWorksWithAreRefused() {
        byte[] numbers = Cbor.bytes(new float[] {1, 2});
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1e5f}) {
            ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).putFloat(4, wrong);
            assertThatThrownBy(() -> Cbor.floats(numbers, 2, "features"))
                    .hasMessage("features has a number out of range");
        }
        assertThatThrownBy(() -> Cbor.floats(numbers, 3, "features"))
                .hasMessage("features has 8 bytes of numbers, this model needs 12");
    }

    @Test
    void featuresOfAnotherModelAreRefused() {
        byte[] other = Cbor.write(new PictureFeatures("other@0123", Drawn.png(), new byte[4], new byte[4]));
        var message = ASKED.seen(ImageDigest.of(Drawn.png()), other);

        assertThatThrownBy(() -> chain.encodePrompts(message, "first"))
                .hasMessageStartingWith("features come from another model than the one here, ");
    }

    /** The beginning of a body is its structure; what follows are numbers. */
    @Test
    void aFlippedByteIsRefusedOrAnsweredAndNeverOurFault() {
        byte[] prompts = requireNonNull(
                chain.encodePrompts(chain.encodeImage(ASKED, "first"), "first").prompts());
        var seen = chain.encodeImage(ASKED, "first");
        for (int place = 0; place < 160; place++) {
            byte[] wrong = prompts.clone();
            wrong[place] ^= (byte) 0x55;
            try {
                MarkFeatures.read(
                        wrong,
                        model.get(),
                        seen.digest(),
                        seen.words()
                                .prompts(TestConfig.with(Map.of()).limits())
                                .on(new RgbImage(160, 140, new byte[160 * 140 * 3])));
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith("prompts");
            }
        }
    }
}
