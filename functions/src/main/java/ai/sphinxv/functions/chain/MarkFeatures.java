package ai.sphinxv.functions.chain;

import static java.util.Objects.requireNonNull;

import ai.sphinxv.functions.ask.ImageDigest;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.runtime.SeenMarks;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.runtime.text.MarkedText;
import ai.sphinxv.runtime.text.Told;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What the prompt encoder made of the marks, for a step in another process.
 *
 * @param model {@link SphinxV#model} that saw them
 * @param image digest of their picture
 * @param count of the marks
 * @param embeds [prompt tokens * H]
 * @param told what the experts found in them
 */
@RegisterForReflection(targets = {MarkFeatures.class, Told.class, MarkedText.class})
record MarkFeatures(String model, String image, int count, byte[] embeds, List<Told> told) {
    private static final String NAME = "prompts";

    /** One expert for text and one for things, and room for two more. */
    private static final int MOST_EXPERTS = 4;

    MarkFeatures {
        requireNonNull(model);
        requireNonNull(image);
        requireNonNull(embeds);
        told = List.copyOf(told);
    }

    static byte[] write(SphinxV sphinx, ImageDigest digest, SeenMarks seen) {
        return Cbor.write(new MarkFeatures(
                sphinx.model(), digest.toString(), seen.marks().size(), Cbor.bytes(seen.embeds()), seen.told()));
    }

    /** @throws InvalidRequestException if they are damaged, another picture's, other marks' or another model's */
    static SeenMarks read(byte[] bytes, SphinxV sphinx, ImageDigest digest, List<VisualPrompt> marks) {
        var body = Cbor.read(bytes, MarkFeatures.class, NAME);
        PictureFeatures.requireModel(body.model, sphinx, NAME);
        if (!body.image.equals(digest.toString()) || body.count != marks.size()) {
            throw new InvalidRequestException("prompts are not those of this picture and these marks");
        }
        int looked = Math.max(1, marks.size()); // without marks the whole picture is one
        if (body.told.size() > MOST_EXPERTS
                || body.told.stream().anyMatch(told -> told.marks().size() > looked)) {
            throw new InvalidRequestException("prompts tell more than experts have to tell of the marks");
        }
        var config = sphinx.config();
        int count = (config.prefixTokens() - config.imageTokens())
                * config.language().width();
        return new SeenMarks(marks, Cbor.floats(body.embeds, count, NAME), body.told);
    }
}
