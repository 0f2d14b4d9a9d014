package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.Admission;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.Traced;
import ai.sphinxv.functions.ask.UnderstandRequest.Checked;
import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.AnswerEvent;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.ModelConfig.Padding;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.PaddedSquare;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.PromptSlots;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * From a request to its reply, the same for every door: check the words, wait for a turn, look at the picture, ask the
 * model. Whatever is wrong with a request is said before the model is needed.
 */
@Singleton
public class Understanding {
    private final SphinxConfig.Limits limits;
    private final Admission admission;
    private final LoadedModel model;
    private final KnownImages known;
    private final Measured measured;
    private final Traced traced;

    Understanding(
            SphinxConfig config,
            Admission admission,
            LoadedModel model,
            KnownImages known,
            Measured measured,
            Traced traced) {
        this.limits = config.limits();
        this.admission = admission;
        this.model = model;
        this.known = known;
        this.measured = measured;
        this.traced = traced;
    }

    /**
     * Answers a request that carries its picture or says which known one it means, on the calling thread.
     *
     * @param tenant whose request it is: {@link Tenants}
     */
    public UnderstandReply answer(UnderstandRequest request, String tenant, Consumer<AnswerEvent> events) {
        if (request.image() == null) {
            throw new InvalidImageException("image is missing: send the file's bytes as base64, or as a data URL");
        }
        if (ImageDigest.isOne(request.image())) {
            var checked = request.checked(limits);
            var digest = ImageDigest.parse(request.image());
            return answer(checked, tenant, digest, () -> sight(known.require(tenant, digest)), events);
        }
        return answer(
                request,
                tenant,
                PictureText.bytes(request.image(), limits.image().asLongValue()),
                events);
    }

    /**
     * Answers a request whose picture came beside it, on the calling thread.
     *
     * @param tenant whose request it is: {@link Tenants}
     * @param picture the bytes of the file
     * @param events hears of the answer while it is written; what it throws ends the answer
     */
    public UnderstandReply answer(
            UnderstandRequest request, String tenant, byte[] picture, Consumer<AnswerEvent> events) {
        PictureText.requireSize(picture.length, limits.image().asLongValue());
        var checked = request.checked(limits);
        var digest = ImageDigest.of(picture);
        return answer(
                checked,
                tenant,
                digest,
                () -> known.find(tenant, digest)
                        .map(Understanding::sight)
                        .orElseGet(() -> new Sight(decode(picture), null)),
                events);
    }

    private static Sight sight(SeenImage seen) {
        return new Sight(seen.image(), seen);
    }

    /** A picture and, if it is known, what was seen of it. */
    private record Sight(RgbImage image, @Nullable SeenImage known) {}

    /** @param sight is asked within the turn: so many pictures are in memory at once, no more */
    private UnderstandReply answer(
            Checked checked, String tenant, ImageDigest digest, Supplier<Sight> sight, Consumer<AnswerEvent> events) {
        long asked = System.nanoTime();
        return traced.turn("sphinxv.understand", waited -> {
            Sight seen = sight.get();
            PromptSlots.of(checked.marks(), PaddedSquare.of(seen.image(), Padding.AROUND), limits.marks());
            SphinxV sphinx = model.get();
            Question question = checked.about(seen.image());
            Answer answer = traced.answer(
                    sphinx,
                    checked.marks().size(),
                    seen.known() != null,
                    () -> seen.known() == null
                            ? sphinx.answer(question, withinTime(events), fresh -> known.keep(tenant, digest, fresh))
                            : sphinx.answer(question, seen.known(), withinTime(events)));
            measured.answered(answer, checked.marks().size(), waited, since(asked));
            return UnderstandReply.of(answer, sphinx.model(), digest);
        });
    }

    /** The pixels of a picture's file. */
    public RgbImage decode(byte[] picture) {
        long start = System.nanoTime();
        RgbImage image = traced.step("sphinxv.image_decode", () -> ImageDecoder.decode(picture));
        measured.decoded(since(start));
        return image;
    }

    /** Ends an answer at the token with which its time is over, or with which the process wants to end. */
    public Consumer<AnswerEvent> withinTime(Consumer<AnswerEvent> events) {
        long start = System.nanoTime();
        var last = new AtomicLong();
        return event -> {
            admission.requireOpen();
            if (System.nanoTime() - start > limits.time().toNanos()) {
                throw new OutOfTimeException("the answer took longer than %d s: ask for less, or set maxTokens"
                        .formatted(limits.time().toSeconds()));
            }
            if (event instanceof AnswerEvent.Token) {
                long before = last.getAndSet(System.nanoTime());
                if (before != 0) {
                    measured.between(since(before));
                }
            }
            events.accept(event);
        };
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
