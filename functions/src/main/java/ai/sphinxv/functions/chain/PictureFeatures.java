package ai.sphinxv.functions.chain;

import static java.util.Objects.requireNonNull;

import ai.sphinxv.functions.ask.ImageDigest;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.runtime.SeenImage;
import ai.sphinxv.runtime.SphinxV;
import ai.sphinxv.runtime.image.ImageDecoder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * A picture and what the vision encoder made of it, for a step in another process. They are taken at their word, so they
 * answer the request that they came with and are never kept for another.
 *
 * @param model {@link SphinxV#model} that saw it: another one cannot read on
 * @param picture the file, since later steps look at what the marks cover
 * @param embeds [image tokens * H]
 * @param objects [objectChannels * cells], null where the model has no object expert
 */
@RegisterForReflection
record PictureFeatures(String model, byte[] picture, byte[] embeds, byte @Nullable [] objects) {
    private static final String NAME = "features";

    PictureFeatures {
        requireNonNull(model);
        requireNonNull(picture);
        requireNonNull(embeds);
    }

    static byte[] write(SphinxV sphinx, byte[] picture, SeenImage seen) {
        return Cbor.write(new PictureFeatures(
                sphinx.model(),
                picture,
                Cbor.bytes(seen.embeds()),
                seen.objects() == null ? null : Cbor.bytes(seen.objects())));
    }

    /** @throws InvalidRequestException if they are damaged, another picture's or another model's */
    static SeenImage read(byte[] bytes, SphinxV sphinx, ImageDigest digest) {
        var body = Cbor.read(bytes, PictureFeatures.class, NAME);
        requireModel(body.model, sphinx, NAME);
        if (!ImageDigest.of(body.picture).equals(digest)) {
            throw new InvalidRequestException("features are not those of the picture that image names");
        }
        var config = sphinx.config();
        int width = config.language().width();
        float[] embeds = Cbor.floats(body.embeds, config.imageTokens() * width, NAME);
        int objects = config.objectChannels() * config.objectCells();
        return new SeenImage(
                ImageDecoder.decode(body.picture),
                embeds,
                body.objects == null || objects == 0 ? null : Cbor.floats(body.objects, objects, NAME),
                null);
    }

    static void requireModel(String model, SphinxV sphinx, String name) {
        if (!model.equals(sphinx.model())) {
            throw new InvalidRequestException(
                    "%s come from another model than the one here, %s".formatted(name, sphinx.model()));
        }
    }
}
