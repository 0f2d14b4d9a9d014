package ai.sphinxv.runtime.image;

import ai.sphinxv.runtime.bundle.ModelConfig;
import ai.sphinxv.runtime.bundle.ModelConfig.Regions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the region expert sees of each mark, cut from the picture as it was uploaded: first what the mark covers (of a
 * long line its beginning), then that with its surroundings. Both are stretched to a square of C pixels; outside the
 * picture they have the padding's colour.
 *
 * @param pixels [K,2,3,C,C] red, green and blue, normalised by mean and standard deviation; zeros where there is no mark
 */
public record RegionCuts(float[] pixels) {

    /**
     * Cuts them, for training and serving alike.
     *
     * @param marks slot i shows mark i
     * @return null where the model looks at no regions
     */
    public static @Nullable RegionCuts of(RgbImage picture, List<Extent> marks, ModelConfig config) {
        Regions regions = config.regions();
        if (regions == null) {
            return null;
        }
        var cuts = empty(Math.max(1, marks.size()), regions); // a graph wants something to look at
        int each = each(regions);
        var scale = ColourScale.of(
                doubles(config.image().mean()), doubles(config.image().std()));
        for (int slot = 0; slot < marks.size(); slot++) {
            Extent mark = marks.get(slot);
            int at = Regions.CUTS * each * slot;
            cuts.cut(picture, mark.start(), config.image().fill(), scale, regions.crop(), at);
            cuts.cut(picture, mark.withSurroundings(picture), config.image().fill(), scale, regions.crop(), at + each);
        }
        return cuts;
    }

    /** With room for so many marks. */
    public static RegionCuts empty(int marks, Regions regions) {
        return new RegionCuts(new float[marks * Regions.CUTS * each(regions)]);
    }

    /** K. */
    public int marks(Regions regions) {
        return pixels.length / Regions.CUTS / each(regions);
    }

    private static int each(Regions regions) {
        return 3 * regions.crop() * regions.crop();
    }

    private void cut(RgbImage picture, Extent part, List<Integer> colour, ColourScale scale, int crop, int at) {
        new RegionCrop(part.x1(), part.y1(), part.x2(), part.y2(), crop, crop).into(picture, scale, pixels, at);
        for (int y = 0; y < crop; y++) {
            boolean above = outside(part.y1() + (y + 0.5) / crop * part.height(), picture.height());
            for (int x = 0; x < crop; x++) {
                if (above || outside(part.x1() + (x + 0.5) / crop * part.width(), picture.width())) {
                    fill(colour, scale, crop * crop, at + y * crop + x);
                }
            }
        }
    }

    private void fill(List<Integer> colour, ColourScale scale, int plane, int at) {
        pixels[at] = scale.red(colour.get(0).byteValue());
        pixels[at + plane] = scale.green(colour.get(1).byteValue());
        pixels[at + 2 * plane] = scale.blue(colour.get(2).byteValue());
    }

    private static double[] doubles(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean outside(double place, int length) {
        return place < 0 || place >= length;
    }
}
