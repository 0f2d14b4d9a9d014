package ai.sphinxv.training.data;

import ai.sphinxv.training.source.CocoNames;
import ai.sphinxv.training.source.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The classes and colours that pictures show: what the training-only heads tell apart. An icon's class is its name too.
 *
 * @param labels every class, sorted
 * @param colors every colour, sorted
 */
public record Vocabulary(Map<String, Integer> labels, Map<String, Integer> colors) {

    public static Vocabulary of(List<PictureFeatures> pictures) {
        var labels = new TreeSet<>(CocoNames.ALL);
        var colors = new TreeSet<String>();
        for (PictureFeatures picture : pictures) {
            for (RegionFeatures features : picture.regions()) {
                labels.add(name(features.region()));
                String color = features.region().attributes().get("color");
                if (color != null) {
                    colors.add(color);
                }
            }
        }
        return new Vocabulary(numbered(labels), numbered(colors));
    }

    private static Map<String, Integer> numbered(TreeSet<String> names) {
        var numbers = new HashMap<String, Integer>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }

    long label(Region region) {
        return Objects.requireNonNull(labels.get(name(region)), "the vocabulary is made of these pictures");
    }

    long color(Region region) {
        @Nullable String color = region.attributes().get("color");
        return color == null ? Batches.IGNORED : Objects.requireNonNull(colors.get(color));
    }

    private static String name(Region region) {
        String name = region.attributes().get("name");
        return name == null ? region.label() : name + " " + region.label();
    }
}
