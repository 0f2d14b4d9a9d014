package ai.sphinxv.training.pages.kit;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Elements as text. Attributes are written as in HTML, in single quotes. */
public final class Html {
    private Html() {}

    public static String div(String attributes, String... content) {
        return tag("div", attributes, content);
    }

    public static String span(String attributes, String... content) {
        return tag("span", attributes, content);
    }

    public static String tag(String name, String attributes, String... content) {
        return "<" + name + " " + attributes + ">" + String.join("", content) + "</" + name + ">";
    }

    /** So many pieces, one after another. */
    public static String times(int count, IntFunction<String> piece) {
        return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining());
    }

    public static String all(List<String> items, java.util.function.UnaryOperator<String> piece) {
        return items.stream().map(piece).collect(Collectors.joining());
    }

    /** A whole page with {@code parts.css} before its own styles. */
    public static String page(String styles, String bodyAttributes, String... content) {
        return "<!doctype html><meta charset=utf-8><style>" + styles + "</style><body " + bodyAttributes + ">"
                + String.join("", content);
    }
}
