package ai.sphinxv.training.data;

import java.util.List;

/**
 * What the frozen experts give for a picture, computed once: an epoch then costs only the trained part.
 *
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 * @param visible [VIEWS] 1 where a view shows some of the picture
 * @param rows [VIEWS * R * visualWidth] of the view experts, as half-precision numbers
 */
public record PictureFeatures(
        String domain, int width, int height, float[] visible, byte[] rows, List<RegionFeatures> regions) {
    public PictureFeatures {
        regions = List.copyOf(regions);
    }
}
