package ai.sphinxv.functions.chain;

import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.Traced;
import ai.sphinxv.functions.ask.ImageDigest;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.KnownImages;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.Understanding;
import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.SeenMarks;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.bundle.Subgraph;
import ai.sphinxv.runtime.image.RgbImage;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * The three subgraphs as functions from message to message. {@link Understanding} does in one process what they do in one,
 * two or three, without a message in between; the answer is the same.
 */
@Singleton
public class Chain {
    private final SphinxConfig.Limits limits;
    private final KnownImages known;
    private final Understanding understanding;
    private final Measured measured;
    private final Traced traced;

    Chain(SphinxConfig config, KnownImages known, Understanding understanding, Measured measured, Traced traced) {
        this.limits = config.limits();
        this.known = known;
        this.understanding = understanding;
        this.measured = measured;
        this.traced = traced;
    }

    /**
     * The vision encoder, unless the picture is known. It is known here afterwards.
     *
     * @param tenant whose message it is
     */
    public ChainMessage encodeImage(ChainMessage message, String tenant) {
        if (message.image() == null) {
            throw new InvalidRequestException("image is missing: send the file's bytes as base64, or as a data URL");
        }
        byte[] picture = understanding.file(message.image(), tenant);
        var digest = ImageDigest.of(picture);
        return understanding.inTurn(tenant, "sphinxv.encode-image", (waited, lease) -> {
            SphinxV sphinx = lease.get();
            var before = known.find(lease.name(), tenant, digest);
            traced.known(before.isPresent());
            SeenImage seen = before.orElseGet(() -> see(understanding.decode(picture), sphinx));
            known.keep(lease.name(), tenant, digest, seen);
            boolean carry = Boolean.TRUE.equals(message.carry());
            return message.seen(digest, carry ? PictureFeatures.write(sphinx, picture, seen) : null);
        });
    }

    /** The prompt encoder, and the experts that look at what the marks cover. */
    public ChainMessage encodePrompts(ChainMessage message, String tenant) {
        var digest = message.digest();
        var marks = message.words().prompts(limits);
        return understanding.inTurn(tenant, "sphinxv.encode-prompts", (waited, lease) -> {
            SphinxV sphinx = lease.get();
            SeenImage seen = picture(message, tenant, digest, sphinx);
            SeenMarks looked = traced.graph(
                    "sphinxv.prompt_encoder",
                    sphinx,
                    Subgraph.PROMPT_ENCODER,
                    () -> sphinx.see(seen, marks.on(seen.image())));
            return message.marked(MarkFeatures.write(sphinx, digest, looked));
        });
    }

    /** The language model. */
    public UnderstandReply generate(ChainMessage message, String tenant) {
        var digest = message.digest();
        var checked = message.words().checked(limits);
        byte[] prompts = message.prompts();
        if (prompts == null) {
            throw new InvalidRequestException("prompts is missing: it is what encode-prompts gave");
        }
        long asked = System.nanoTime();
        return understanding.inTurn(tenant, "sphinxv.generate", (waited, lease) -> {
            SphinxV sphinx = lease.get();
            SeenImage seen = picture(message, tenant, digest, sphinx);
            Question question = checked.about(seen.image());
            var marks = MarkFeatures.read(prompts, sphinx, digest, question.marks());
            Answer answer = traced.answer(
                    sphinx,
                    question.marks().size(),
                    message.features() == null,
                    () -> sphinx.answer(question, seen, marks, understanding.paced(event -> {})));
            measured.answered(answer, question.marks().size(), waited, Duration.ofNanos(System.nanoTime() - asked));
            return UnderstandReply.of(answer, sphinx.model(), digest);
        });
    }

    /** All of it, in this process. */
    public UnderstandReply understand(ChainMessage message, String tenant) {
        return understanding.answer(message.words(), tenant, event -> {});
    }

    private SeenImage see(RgbImage picture, SphinxV sphinx) {
        return traced.graph("sphinxv.vision_encoder", sphinx, Subgraph.VISION_ENCODER, () -> sphinx.see(picture));
    }

    private SeenImage picture(ChainMessage message, String tenant, ImageDigest digest, SphinxV sphinx) {
        byte[] features = message.features();
        return features == null
                ? known.require(sphinx.model(), tenant, digest)
                : PictureFeatures.read(features, sphinx, digest);
    }
}
