package ai.sphinxv.functions.ask;

import ai.sphinxv.functions.SphinxConfig;
import ai.sphinxv.runtime.image.ImageDecoder;
import ai.sphinxv.runtime.image.InvalidImageException;
import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.InvalidPromptException;
import ai.sphinxv.runtime.prompt.Mask;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which pixels a mark covers, as it comes over the wire. */
@JsonDeserialize(using = MaskRequest.Reader.class)
public sealed interface MaskRequest {

    /**
     * The mask, as soon as its picture is known.
     *
     * @throws InvalidPromptException if it is none of any picture; so does what is returned if it is none of that picture
     */
    Function<RgbImage, Mask> mask(SphinxConfig.Limits limits);

    /** A PNG of the picture's size in which all that is not black is covered. */
    @RegisterForReflection
    record Png(@JsonValue String url) implements MaskRequest {
        @Override
        public Function<RgbImage, Mask> mask(SphinxConfig.Limits limits) {
            byte[] file = inOurWords(() -> PictureText.bytes(url, limits.image().asLongValue()));
            return picture -> Mask.of(
                    inOurWords(() -> ImageDecoder.decodeMask(file, picture.width(), picture.height())),
                    limits.maskRuns());
        }

        private static <T> T inOurWords(Supplier<T> work) {
            try {
                return work.get();
            } catch (InvalidImageException e) {
                throw new InvalidPromptException("mask: " + e.getMessage());
            }
        }
    }

    /**
     * As COCO has it.
     *
     * @param size height and width of the picture
     */
    @RegisterForReflection
    @JsonDeserialize(using = JsonDeserializer.None.class) // not the interface's
    record Runs(
            @Schema(description = "height, width of the picture", examples = "[480, 640]") @Nullable
            List<@Nullable Integer> size,

            @Schema(
                    description =
                            "Lengths of runs down the columns, not covered and covered by turns: a list, or packed"
                                    + " into text as pycocotools does")
            @Nullable
            CocoCounts counts)
            implements MaskRequest {
        @Override
        public Function<RgbImage, Mask> mask(SphinxConfig.Limits limits) {
            if (size == null || size.size() != 2 || counts == null) {
                throw new InvalidPromptException("mask needs size [height, width] and counts");
            }
            Integer height = size.get(0);
            Integer width = size.get(1);
            if (height == null || width == null) {
                throw new InvalidPromptException("mask needs size [height, width], got a null");
            }
            var mask = new Mask(width, height, counts.runs(limits.maskRuns()));
            return picture -> mask;
        }
    }

    /** Text is a PNG, all else is read as {@link Runs}. */
    final class Reader extends JsonDeserializer<MaskRequest> {
        @Override
        public MaskRequest deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (json.hasToken(JsonToken.VALUE_STRING)) {
                return new Png(json.getText());
            }
            if (!json.hasToken(JsonToken.START_OBJECT)) {
                return context.reportInputMismatch(MaskRequest.class, "neither text nor an object");
            }
            return context.readValue(json, Runs.class);
        }
    }
}
