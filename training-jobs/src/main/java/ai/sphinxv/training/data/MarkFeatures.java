package ai.sphinxv.training.data;

import ai.sphinxv.runtime.prompt.VisualPrompt;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One way to mark a region, and what the frozen experts give for it.
 *
 * @param mark in pixels of the picture
 * @param corners [4] x1, y1, x2, y2 as fractions of the padded square
 * @param cuts [CUTS * 3 * crop * crop] levels of the mark and of it with its surroundings
 * @param objects [objectChannels] what the object expert finds under the mark, as half-precision numbers
 */
public record MarkFeatures(
        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
        @JsonSubTypes({
            @JsonSubTypes.Type(value = VisualPrompt.Point.class, name = "point"),
            @JsonSubTypes.Type(value = VisualPrompt.Box.class, name = "box"),
            @JsonSubTypes.Type(value = VisualPrompt.Stroke.class, name = "stroke")
        })
        VisualPrompt mark,

        float[] corners,
        byte[] cuts,
        byte[] objects) {

    /** The same mark with other class scores and the same features beneath them. */
    MarkFeatures withObjects(float[] scores) {
        return new MarkFeatures(mark, corners, cuts, Halves.of(scores));
    }
}
