package ai.sphinxv.runtime;

import ai.sphinxv.runtime.graph.KvPrefix;
import ai.sphinxv.runtime.image.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * A picture and what the model made of it, which no question changes: many may be asked about one.
 *
 * @param embeds [image tokens * H] from the vision encoder
 * @param objects [objectChannels * cells], null where the model has no object expert
 * @param read the language model's keys and values of BOS and the picture; null where they are not kept
 */
public record SeenImage(
        RgbImage image,
        float[] embeds,
        float @Nullable [] objects,
        @Nullable KvPrefix read) {

    /** What it takes in memory. */
    public long bytes() {
        long floats = (long) embeds.length + (objects == null ? 0 : objects.length);
        return image.rgb().length + floats * Float.BYTES + (read == null ? 0 : read.bytes());
    }
}
