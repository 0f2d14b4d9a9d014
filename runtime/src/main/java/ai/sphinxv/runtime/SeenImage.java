package ai.sphinxv.runtime;

import ai.sphinxv.runtime.image.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * A picture and what the vision encoder gave for it, which no question changes: many may be asked about one.
 *
 * @param embeds [image tokens * H]
 * @param objects [objectChannels * cells], null where the model has no object expert
 */
public record SeenImage(RgbImage image, float[] embeds, float @Nullable [] objects) {

    /** What it takes in memory. */
    public long bytes() {
        long floats = (long) embeds.length + (objects == null ? 0 : objects.length);
        return image.rgb().length + floats * Float.BYTES;
    }
}
