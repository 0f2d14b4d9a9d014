package ai.sphinxv.training.data;

import ai.sphinxv.training.source.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A region, the ways it was marked, and what was read in it.
 *
 * @param region its text is what the model can know: as the source has it where the reader read the same letters, else
 *     as the reader read it; nothing where the reading is too far off
 * @param boxes boxes and strokes, the exact box first
 * @param points places in it that lie in nothing smaller; perhaps none
 * @param reading what the text expert read in the exact box, as the model is told it
 */
public record RegionFeatures(
        Region region,
        List<MarkFeatures> boxes,
        List<MarkFeatures> points,
        @Nullable String reading) {
    public RegionFeatures {
        boxes = List.copyOf(boxes);
        points = List.copyOf(points);
    }
}
