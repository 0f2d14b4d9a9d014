package ai.sphinxv.training.benchmark;

import ai.sphinxv.runtime.image.RgbImage;
import ai.sphinxv.runtime.prompt.VisualPrompt;
import ai.sphinxv.training.source.LabelledImage;
import ai.sphinxv.training.source.Region;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/** A picture and those of its regions that are asked about, at least one. */
record Chosen(LabelledImage picture, List<Region> regions) {
    private static final long SEED = 20_261_124;

    /** People mark several things of a picture, so a picture that has so many gives at least these. */
    private static final int FROM_EACH = 5;

    Chosen {
        regions = List.copyOf(regions);
    }

    /** Regions that fit and that their source does not ignore, at most so many in all, spread over the pictures. */
    static List<Chosen> of(List<LabelledImage> pictures, BiPredicate<LabelledImage, Region> fits, int most) {
        List<Chosen> all = all(pictures, fits);
        int fromEach = all.isEmpty() ? 0 : Math.max(FROM_EACH, Math.ceilDiv(most, all.size()));
        return first(all, fromEach, most);
    }

    /** As {@link #of}, but only of pictures that have at least so many, and up to ten of each. */
    static List<Chosen> crowds(
            List<LabelledImage> pictures, BiPredicate<LabelledImage, Region> fits, int atLeast, int upTo, int most) {
        List<Chosen> crowds = all(pictures, fits).stream()
                .filter(chosen -> chosen.regions.size() >= atLeast)
                .toList();
        return first(crowds, upTo, most);
    }

    private static List<Chosen> all(List<LabelledImage> pictures, BiPredicate<LabelledImage, Region> fits) {
        var random = new SplittableRandom(SEED);
        var all = new ArrayList<Chosen>();
        for (LabelledImage picture : pictures) {
            var fitting = new ArrayList<Region>(picture.regions().stream()
                    .filter(region -> !region.ignored() && fits.test(picture, region))
                    .toList());
            Collections.shuffle(fitting, random);
            if (!fitting.isEmpty()) {
                all.add(new Chosen(picture, fitting));
            }
        }
        Collections.shuffle(all, random);
        return all;
    }

    private static List<Chosen> first(List<Chosen> all, int fromEach, int most) {
        var chosen = new ArrayList<Chosen>();
        int left = most;
        for (Chosen one : all) {
            int count = Math.min(left, Math.min(fromEach, one.regions.size()));
            if (count > 0) {
                chosen.add(new Chosen(one.picture, one.regions.subList(0, count)));
                left -= count;
            }
        }
        return chosen;
    }

    /** The picture's pixels. */
    RgbImage read() {
        try {
            return picture.read();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(picture.file()), e);
        }
    }

    /** A mark on each region, in pixels of the picture. */
    List<VisualPrompt> marks(Hand hand, RandomGenerator random) {
        return regions.stream()
                .map(region -> hand.mark(picture, region, random))
                .toList();
    }
}
