package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.Admission;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.LoadedModel.Lease;
import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.Measured.Phase;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.Traced;
import ai.sphinxv.functions.ask.UnderstandRequest.Checked;
import ai.sphinxv.functions.picture.PictureFetch;
import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.AnswerEvent;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.RgbImage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private final PictureFetch urls;
    private final Callers callers;
    private final Measured measured;
    private final Traced traced;

    Understanding(
            SphinxConfig config,
            Admission admission,
            LoadedModel model,
            KnownImages known,
            PictureFetch urls,
            Callers callers,
            Measured measured,
            Traced traced) {
        this.limits = config.limits();
        this.callers = callers;
        this.admission = admission;
        this.model = model;
        this.known = known;
        this.urls = urls;
        this.measured = measured;
        this.traced = traced;
    }

    /**
     * Answers a request that carries its picture or says which known one it means, on the calling thread.
     *
     * @param tenant whose request it is: {@link Tenants}
     */
    public UnderstandReply answer(UnderstandRequest request, String tenant, Consumer<AnswerEvent> events) {
        String image = request.image();
        if (image == null) {
            throw new InvalidImageException("image is missing: send the file's bytes as base64, or as a data URL");
        }
        if (ImageDigest.isOne(image)) {
            var checked = request.checked(limits);
            var digest = ImageDigest.parse(image);
            return answer(checked, tenant, digest, model -> sight(known.require(model, tenant, digest)), events);
        }
        if (PictureFetch.isUrl(image)) {
            request.checked(limits); // nothing is fetched for a question that cannot be asked
        }
        return callers.cancellation().during(() -> answer(request, tenant, file(image, tenant), events));
    }

    /**
     * The bytes of a picture's file that a request carries as text, or names by its URL.
     *
     * @param tenant whose request it is: {@link Tenants}
     * @throws InvalidImageException if it is neither
     */
    public byte[] file(String image, String tenant) {
        long limit = limits.image().asLongValue();
        if (!PictureFetch.isUrl(image)) {
            return PictureText.bytes(image, limit);
        }
        try {
            return callers.cancellation().during(() -> urls.fetch(image, tenant, limit));
        } catch (GoneException | OutOfTimeException e) {
            measured.cancelled(Phase.PICTURE);
            throw e;
        }
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
                model -> known.find(model, tenant, digest)
                        .map(Understanding::sight)
                        .orElseGet(() -> new Sight(decode(picture), null)),
                events);
    }

    private static Sight sight(SeenImage seen) {
        return new Sight(seen.image(), seen);
    }

    /** A picture and, if it is known, what was seen of it. */
    private record Sight(RgbImage image, @Nullable SeenImage known) {}

    /** @param sight is asked within the turn, with the model's name: so many pictures are in memory at once, no more */
    private UnderstandReply answer(
            Checked checked,
            String tenant,
            ImageDigest digest,
            Function<String, Sight> sight,
            Consumer<AnswerEvent> events) {
        long asked = System.nanoTime();
        var phase = new AtomicReference<>(Phase.WAITING);
        Consumer<AnswerEvent> told = event -> {
            phase.set(Phase.DECODE);
            events.accept(event);
        };
        try {
            return inTurn(tenant, "sphinxv.understand", (waited, lease) -> {
                phase.set(Phase.PICTURE);
                Sight seen = sight.apply(lease.name());
                Question question = checked.about(seen.image());
                SphinxV sphinx = lease.get();
                phase.set(Phase.PREFILL);
                Answer answer = ask(sphinx, question, seen, tenant, digest, told);
                measured.answered(answer, question.marks().size(), waited, since(asked));
                return UnderstandReply.of(answer, sphinx.model(), digest);
            });
        } catch (GoneException | SlowReaderException | OutOfTimeException e) {
            measured.cancelled(phase.get());
            throw e;
        }
    }

    private Answer ask(
            SphinxV sphinx,
            Question question,
            Sight seen,
            String tenant,
            ImageDigest digest,
            Consumer<AnswerEvent> told) {
        return traced.answer(
                sphinx,
                question.marks().size(),
                seen.known() != null,
                () -> seen.known() == null
                        ? sphinx.answer(
                                question, paced(told), fresh -> known.keep(sphinx.model(), tenant, digest, fresh))
                        : sphinx.answer(question, seen.known(), paced(told)));
    }

    /** What is done in a turn: it hears how long it waited, and with which model it goes to its end. */
    public interface Work<T> {
        T with(Duration waited, Lease model);
    }

    /**
     * Waits for a turn and does the work, which ends when nobody waits for it any more or it takes too long.
     *
     * @param step as traces name it
     */
    public <T> T inTurn(String tenant, String step, Work<T> work) {
        return callers.cancellation()
                .during(() -> traced.step(
                        step,
                        () -> admission.run(
                                tenant,
                                waited -> callers.within(limits.time(), () -> {
                                    traced.waited(waited);
                                    try (var lease = model.lease()) {
                                        return work.with(waited, lease);
                                    }
                                }))));
    }

    /** The pixels of a picture's file. */
    public RgbImage decode(byte[] picture) {
        long start = System.nanoTime();
        RgbImage image = traced.step("sphinxv.image_decode", () -> ImageDecoder.decode(picture));
        measured.decoded(since(start));
        return image;
    }

    /** Measures how long the pieces of an answer are apart. */
    public Consumer<AnswerEvent> paced(Consumer<AnswerEvent> events) {
        var last = new AtomicLong();
        return event -> {
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
