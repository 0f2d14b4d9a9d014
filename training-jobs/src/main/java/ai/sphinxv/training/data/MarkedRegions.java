package ai.sphinxv.training.data;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.source.Region;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What a question is about: mark i means region i.
 *
 * @param kind what all the marks are
 * @param places where the marks lie, in pixels of the picture; a point is a small box
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 */
public record MarkedRegions(MarkKind kind, List<Region> regions, List<Box> places, int width, int height) {
    public MarkedRegions {
        regions = List.copyOf(regions);
        places = List.copyOf(places);
        if (regions.isEmpty() || regions.size() != places.size()) {
            throw new IllegalArgumentException(
                    "a question needs a place for each region, got %d and %d".formatted(regions.size(), places.size()));
        }
    }

    int count() {
        return regions.size();
    }

    Region region(int slot) {
        return regions.get(slot);
    }

    /** The slots, counted from 0, whose region passes. */
    List<Integer> slots(Predicate<Region> chosen) {
        return IntStream.range(0, count())
                .filter(slot -> chosen.test(region(slot)))
                .boxed()
                .toList();
    }

    boolean all(Predicate<Region> chosen) {
        return regions.stream().allMatch(chosen);
    }
}
