package ai.sphinxv.training.data;

import ai.sphinxv.training.source.CocoNames;
import ai.sphinxv.training.source.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes, colours and names (of icons: "search") that pictures show: what the training-only heads tell apart.
 *
 * @param labels every class, sorted
 * @param colors every colour, sorted
 * @param names every name, sorted
 */
public record Vocabulary(Map<String, Integer> labels, Map<String, Integer> colors, Map<String, Integer> names) {

    public static Vocabulary of(List<PictureFeatures> pictures) {
        var labels = new TreeSet<>(CocoNames.ALL);
        for (PictureFeatures picture : pictures) {
            picture.regions().forEach(features -> labels.add(features.region().label()));
        }
        return new Vocabulary(
                numbered(labels), numbered(attributes(pictures, "color")), numbered(attributes(pictures, "name")));
    }

    private static TreeSet<String> attributes(List<PictureFeatures> pictures, String key) {
        return pictures.stream()
                .flatMap(picture -> picture.regions().stream())
                .flatMap(features ->
                        Stream.ofNullable(features.region().attributes().get(key)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Integer> numbered(TreeSet<String> names) {
        var numbers = new HashMap<String, Integer>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }

    /** A line of text has no class of its own: the heading, the button, the paragraph that it is part of has one. */
    long label(Region region) {
        if (region.label().equals(Region.TEXT_LINE)) {
            return Batches.IGNORED;
        }
        return Objects.requireNonNull(labels.get(region.label()), "the vocabulary is made of these pictures");
    }

    long color(Region region) {
        return number(colors, region.attributes().get("color"));
    }

    long name(Region region) {
        return number(names, region.attributes().get("name"));
    }

    private static long number(Map<String, Integer> numbers, @Nullable String word) {
        return word == null ? Batches.IGNORED : Objects.requireNonNull(numbers.get(word));
    }
}
