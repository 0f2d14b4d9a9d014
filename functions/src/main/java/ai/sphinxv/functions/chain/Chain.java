package ai.sphinxv.functions.chain;

import ai.sphinxv.functions.Measured;
import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.functions.ask.ImageDigest;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.KnownImages;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.Understanding;
import ai.sphinxv.runtime.Answer;
import ai.sphinxv.runtime.Question;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.SphinxV;
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

    Chain(SphinxConfig config, KnownImages known, Understanding understanding, Measured measured) {
        this.limits = config.limits();
        this.known = known;
        this.understanding = understanding;
        this.measured = measured;
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
        byte[] picture = understanding.file(message.image());
        var digest = ImageDigest.of(picture);
        return understanding.inTurn(tenant, (waited, lease) -> {
            SphinxV sphinx = lease.get();
            SeenImage seen =
                    known.find(lease.name(), tenant, digest).orElseGet(() -> sphinx.see(understanding.decode(picture)));
            known.keep(lease.name(), tenant, digest, seen);
            boolean carry = Boolean.TRUE.equals(message.carry());
            return message.seen(digest, carry ? PictureFeatures.write(sphinx, picture, seen) : null);
        });
    }

    /** The prompt encoder, and the experts that look at what the marks cover. */
    public ChainMessage encodePrompts(ChainMessage message, String tenant) {
        var digest = message.digest();
        var marks = message.words().prompts(limits);
        return understanding.inTurn(tenant, (waited, lease) -> {
            SphinxV sphinx = lease.get();
            SeenImage seen = picture(message, tenant, digest, sphinx);
            return message.marked(MarkFeatures.write(sphinx, digest, sphinx.see(seen, marks.on(seen.image()))));
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
        return understanding.inTurn(tenant, (waited, lease) -> {
            SphinxV sphinx = lease.get();
            SeenImage seen = picture(message, tenant, digest, sphinx);
            Question question = checked.about(seen.image());
            var marks = MarkFeatures.read(prompts, sphinx, digest, question.marks());
            Answer answer = sphinx.answer(question, seen, marks, understanding.paced(event -> {}));
            measured.answered(answer, question.marks().size(), waited, Duration.ofNanos(System.nanoTime() - asked));
            return UnderstandReply.of(answer, sphinx.model(), digest);
        });
    }

    /** All of it, in this process. */
    public UnderstandReply understand(ChainMessage message, String tenant) {
        return understanding.answer(message.words(), tenant, event -> {});
    }

    private SeenImage picture(ChainMessage message, String tenant, ImageDigest digest, SphinxV sphinx) {
        byte[] features = message.features();
        return features == null
                ? known.require(sphinx.model(), tenant, digest)
                : PictureFeatures.read(features, sphinx, digest);
    }
}
