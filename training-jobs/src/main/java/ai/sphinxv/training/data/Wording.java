package ai.sphinxv.training.data;

import ai.sphinxv.runtime.prompt.VisualPrompt.Box;
import ai.sphinxv.training.source.Region;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Regions in words, from what is known of them. */
final class Wording {
    /** A longer text is described by what it is, not by all that it says. */
    private static final int LONGEST_QUOTE = 60;

    /** Labels of several lines, whose text is not one thing to quote. */
    private static final Set<String> BLOCKS = Set.of("text", "list", "table", "code", "card", "figure", "panel");

    private static final List<String> ACROSS = List.of("left", "", "right");
    private static final List<String> DOWN = List.of("upper", "", "lower");

    private Wording() {}

    /** Its class as a question about labels wants it: lines of text are text. */
    static String label(Region region) {
        return region.label().equals(Region.TEXT_LINE) ? "text" : region.label();
    }

    /** A few words: "a blue button that says "Save"", "a search icon", "the words "OPEN"". */
    static String brief(Region region) {
        String text = region.text();
        boolean quoted = text != null && text.length() <= LONGEST_QUOTE;
        if (region.label().equals(Region.TEXT_LINE) || region.label().equals("text") && quoted) {
            return quoted ? "the words \"%s\"".formatted(text) : "a line of text";
        }
        String noun = withArticle(qualified(region));
        return quoted && !BLOCKS.contains(region.label()) ? "%s that says \"%s\"".formatted(noun, text) : noun;
    }

    /** More words: what, where, how large. */
    static String detailed(MarkedRegions marked, int slot) {
        Region region = marked.region(slot);
        String what = brief(region);
        return "%s%s %s. It is %s."
                .formatted(
                        what.substring(0, 1).toUpperCase(java.util.Locale.ROOT),
                        what.substring(1),
                        where(marked, slot),
                        size(marked, slot));
    }

    /** "in the upper left of the picture". */
    static String where(MarkedRegions marked, int slot) {
        Box place = marked.places().get(slot);
        int column = third((place.x1() + place.x2()) / 2 / marked.width());
        int row = third((place.y1() + place.y2()) / 2 / marked.height());
        if (row == 1 && column == 1) {
            return "in the middle of the picture";
        }
        if (column == 1) {
            return row == 0 ? "at the top of the picture" : "at the bottom of the picture";
        }
        if (row == 1) {
            return "on the %s of the picture".formatted(ACROSS.get(column));
        }
        return "in the %s %s of the picture".formatted(DOWN.get(row), ACROSS.get(column));
    }

    /** All of them counted: "two buttons, a link and a table". */
    static String summary(List<Region> regions) {
        Map<String, Long> counts = regions.stream()
                .collect(Collectors.groupingBy(Wording::label, LinkedHashMap::new, Collectors.counting()));
        List<String> parts = counts.entrySet().stream()
                .map(entry -> entry.getValue() == 1
                        ? withArticle(entry.getKey())
                        : number(entry.getValue()) + " " + plural(entry.getKey()))
                .toList();
        String last = parts.getLast();
        return parts.size() == 1 ? last : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + last;
    }

    static String number(long count) {
        return List.of("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
                .get((int) count);
    }

    static String plural(String noun) {
        if (noun.endsWith("s") || noun.equals("text") || noun.equals("broccoli") || noun.equals("code")) {
            return noun;
        }
        if (noun.endsWith("person")) {
            return "people";
        }
        if (noun.endsWith("x") || noun.endsWith("ch") || noun.endsWith("sh")) {
            return noun + "es";
        }
        return noun.endsWith("y") && "aeiou".indexOf(noun.charAt(noun.length() - 2)) < 0
                ? noun.substring(0, noun.length() - 1) + "ies"
                : noun + "s";
    }

    static String withArticle(String noun) {
        boolean none = noun.endsWith("s") && !noun.endsWith("ss") && !noun.endsWith("bus") || noun.equals("broccoli");
        return none ? noun : ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    private static String qualified(Region region) {
        String name = region.attributes().get("name");
        String noun = name != null && region.label().equals("icon") ? name + " icon" : label(region);
        String color = region.attributes().get("color");
        String state = region.attributes().get("state");
        return (state == null ? "" : state + " ") + (color == null ? "" : color + " ") + noun;
    }

    private static String size(MarkedRegions marked, int slot) {
        Box place = marked.places().get(slot);
        double share = place.area() / ((double) marked.width() * marked.height());
        if (marked.kind() == MarkKind.POINT) {
            return "marked by a point";
        }
        return share < 0.01 ? "small" : share < 0.1 ? "of middle size" : "large";
    }

    private static int third(double fraction) {
        return Math.clamp((int) (3 * fraction), 0, 2);
    }
}
