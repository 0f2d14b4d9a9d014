package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.Admission;
import ai.sphinxv.functions.LoadedModel;
import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.SphinxConfig;
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
    private final PictureFetch urls;
    private final Measured measured;

    Understanding(
            SphinxConfig config,
            Admission admission,
            LoadedModel model,
            KnownImages known,
            PictureFetch urls,
            Measured measured) {
        this.limits = config.limits();
        this.admission = admission;
        this.model = model;
        this.known = known;
        this.urls = urls;
        this.measured = measured;
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
        if (PictureFetch.isUrl(request.image())) {
            request.checked(limits); // nothing is fetched for a question that cannot be asked
        }
        return answer(request, tenant, file(request.image()), events);
    }

    /**
     * The bytes of a picture's file that a request carries as text, or names by its URL.
     *
     * @throws InvalidImageException if it is neither
     */
    public byte[] file(String image) {
        long limit = limits.image().asLongValue();
        return PictureFetch.isUrl(image) ? urls.fetch(image, limit) : PictureText.bytes(image, limit);
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
        return admission.run(waited -> {
            Sight seen = sight.get();
            Question question = checked.about(seen.image());
            SphinxV sphinx = model.get();
            Answer answer = seen.known() == null
                    ? sphinx.answer(question, withinTime(events), fresh -> known.keep(tenant, digest, fresh))
                    : sphinx.answer(question, seen.known(), withinTime(events));
            measured.answered(answer, question.marks().size(), waited, since(asked));
            return UnderstandReply.of(answer, sphinx.model(), digest);
        });
    }

    /** The pixels of a picture's file. */
    public RgbImage decode(byte[] picture) {
        long start = System.nanoTime();
        RgbImage image = ImageDecoder.decode(picture);
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
