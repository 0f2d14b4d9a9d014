package ai.sphinxv.functions.chain;

import ai.sphinxv.functions.ask.ImageDigest;
import ai.sphinxv.functions.ask.ImageField;
import ai.sphinxv.functions.ask.InvalidRequestException;
import ai.sphinxv.functions.ask.MarkRequest;
import ai.sphinxv.functions.ask.MarksField;
import ai.sphinxv.functions.ask.UnderstandRequest;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What travels from step to step. A step takes what it needs, adds what it makes and hands on the rest, so that the reply of
 * one is the request of the next.
 *
 * @param image the picture, for the first step; from then on its digest
 * @param carry whether the picture's features travel with the message; otherwise they stay in the first step's process, and
 *     the next steps have to run there
 * @param features {@link PictureFeatures}, from the first step on
 * @param prompts {@link MarkFeatures}, from the second step on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChainMessage(
        @JsonDeserialize(using = ImageField.class) @Nullable String image,
        @Nullable Boolean carry,
        @JsonDeserialize(using = BytesField.class) byte @Nullable [] features,
        @JsonDeserialize(using = MarksField.class) @Nullable List<@Nullable MarkRequest> marks,
        @Nullable String scope,
        @JsonDeserialize(using = BytesField.class) byte @Nullable [] prompts,
        @Nullable String question,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long seed,
        @Nullable Integer maxTokens) {

    /** The same words to a door that does all steps at once. */
    public UnderstandRequest words() {
        return new UnderstandRequest(image, question, marks, scope, temperature, topP, seed, maxTokens);
    }

    ChainMessage seen(ImageDigest digest, byte @Nullable [] pictureFeatures) {
        return new ChainMessage(
                digest.toString(),
                carry,
                pictureFeatures,
                marks,
                scope,
                prompts,
                question,
                temperature,
                topP,
                seed,
                maxTokens);
    }

    ChainMessage marked(byte[] markFeatures) {
        return new ChainMessage(
                image, carry, features, marks, scope, markFeatures, question, temperature, topP, seed, maxTokens);
    }

    /** @throws InvalidRequestException if the first step was left out */
    ImageDigest digest() {
        if (image == null || !ImageDigest.isOne(image)) {
            throw new InvalidRequestException(
                    "image needs to be what encode-image gave: sha256: and 64 hexadecimal digits");
        }
        return ImageDigest.parse(image);
    }
}
