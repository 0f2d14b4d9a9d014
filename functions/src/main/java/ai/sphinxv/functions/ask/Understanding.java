package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.Admission;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.AnswerEvent;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * From a request to its reply, the same for every door: check the words, wait for a turn, look at the picture, ask the
 * model. Whatever is wrong with a request is said before the model is needed.
 */
@Singleton
public class Understanding {
    private final SphinxConfig.Limits limits;
    private final Admission admission;
    private final LoadedModel model;
    private final Measured measured;

    Understanding(SphinxConfig config, Admission admission, LoadedModel model, Measured measured) {
        this.limits = config.limits();
        this.admission = admission;
        this.model = model;
        this.measured = measured;
    }

    /** Answers a request that carries its picture, on the calling thread. */
    public UnderstandReply answer(UnderstandRequest request, Consumer<AnswerEvent> events) {
        if (request.image() == null) {
            throw new InvalidImageException("image is missing: send the file's bytes as base64, or as a data URL");
        }
        return answer(request, PictureText.bytes(request.image(), limits.image().asLongValue()), events);
    }

    /**
     * Answers a request whose picture came beside it, on the calling thread.
     *
     * @param picture the bytes of the file
     * @param events hears of the answer while it is written; what it throws ends the answer
     */
    public UnderstandReply answer(UnderstandRequest request, byte[] picture, Consumer<AnswerEvent> events) {
        PictureText.requireSize(picture.length, limits.image().asLongValue());
        var checked = request.checked(limits);
        long asked = System.nanoTime();
        return admission.run(
                () -> { // decoded within the turn: so many pictures are in memory at once, no more
                    RgbImage image = ImageDecoder.decode(picture);
                    PromptSlots.of(checked.marks(), PaddedSquare.of(image, Padding.AROUND), limits.marks());
                    SphinxV sphinx = model.get();
                    Answer answer = sphinx.answer(checked.about(image), withinTime(events));
                    measured.answered(answer, checked.marks().size(), Duration.ofNanos(System.nanoTime() - asked));
                    return UnderstandReply.of(answer, sphinx.model());
                });
    }

    private Consumer<AnswerEvent> withinTime(Consumer<AnswerEvent> events) {
        long start = System.nanoTime();
        return event -> {
            admission.requireOpen();
            if (System.nanoTime() - start > limits.time().toNanos()) {
                throw new OutOfTimeException("the answer took longer than %d s: ask for less, or set maxTokens"
                        .formatted(limits.time().toSeconds()));
            }
            events.accept(event);
        };
    }
}
