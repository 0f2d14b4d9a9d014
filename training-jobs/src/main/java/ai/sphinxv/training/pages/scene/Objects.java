package ai.sphinxv.training.pages.scene;

import ai.sphinxv.training.pages.kit.Html;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Look;
import ai.sphinxv.training.pages.kit.Resources;
import ai.sphinxv.training.pages.kit.Sheet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scattered things: emoji, coloured shapes and icons, hardly overlapping. */
public final class Objects {
    private static final double MOST_OVERLAP = 0.1;
    private static final int TRIES = 60;

    private static final Map<String, String> SHAPES = Map.of(
            "circle", "<circle cx='50' cy='50' r='47'/>",
            "square", "<rect x='6' y='6' width='88' height='88'/>",
            "triangle", "<path d='M50 6L96 92H4Z'/>",
            "star", "<path d='M50 3l14 31 34 4-25 23 7 34-30-17-30 17 7-34L2 38l34-4Z'/>",
            "heart", "<path d='M50 92C10 62 3 42 5 30 8 10 36 2 50 26 64 2 92 10 95 30c2 12-5 32-45 62Z'/>",
            "diamond", "<path d='M50 2L88 50 50 98 12 50Z'/>",
            "pentagon", "<path d='M50 4L97 38 79 94H21L3 38Z'/>",
            "cross", "<path d='M36 4h28v32h32v28H64v32H36V64H4V36h32Z'/>");

    private static final List<String> SHAPE_NAMES =
            SHAPES.keySet().stream().sorted().toList();

    /** Named colours as hue, saturation, lightness. */
    private static final Map<String, int[]> COLORS = Map.ofEntries(
            Map.entry("red", new int[] {358, 80, 47}),
            Map.entry("orange", new int[] {28, 95, 54}),
            Map.entry("yellow", new int[] {52, 95, 55}),
            Map.entry("green", new int[] {130, 58, 38}),
            Map.entry("blue", new int[] {220, 80, 50}),
            Map.entry("purple", new int[] {280, 58, 44}),
            Map.entry("pink", new int[] {335, 85, 76}),
            Map.entry("brown", new int[] {24, 55, 30}),
            Map.entry("black", new int[] {0, 0, 7}),
            Map.entry("white", new int[] {0, 0, 98}),
            Map.entry("gray", new int[] {0, 0, 55}));

    private static final List<String> COLOR_NAMES =
            COLORS.keySet().stream().sorted().toList();

    private record Place(double x, double y, double side) {
        double overlap(Place other) {
            double w = Math.min(x + side, other.x + other.side) - Math.max(x, other.x);
            double h = Math.min(y + side, other.y + other.side) - Math.max(y, other.y);
            double least = Math.min(side, other.side);
            return Math.max(0, w) * Math.max(0, h) / (least * least);
        }
    }

    private Objects() {}

    /** Three to eight of them on any ground. */
    public static Sheet sheet(Kit kit) {
        int width = kit.between(360, 720);
        int height = kit.between(360, 640);
        List<Place> places = new ArrayList<>();
        StringBuilder things = new StringBuilder();
        for (int i = kit.between(3, 8); i > 0; i--) {
            place(kit, width, height, places).ifPresent(place -> {
                places.add(place);
                things.append(thing(kit, place));
            });
        }
        String grain = kit.chance(0.25) ? Ground.noise(kit, kit.real(0.03, 0.12), "0.9") : "";
        String light = kit.chance(0.3)
                ? "filter:brightness(%.2f) contrast(%.2f) saturate(%.2f)"
                        .formatted(kit.real(0.8, 1.12), kit.real(0.85, 1.1), kit.real(0.85, 1.2))
                : "";
        String page = Html.page(
                "*{margin:0}html,body{overflow:hidden;height:100%}body{" + light + "}canvas{position:absolute}",
                "",
                Ground.any(kit, 0.4),
                things.toString(),
                grain,
                "<script>",
                Resources.text("objects.js"),
                "</script>");
        return new Sheet(page, width, height, 1, kit.between(85, 95), 0);
    }

    private static Optional<Place> place(Kit kit, int width, int height, List<Place> taken) {
        for (int tries = 0; tries < TRIES; tries++) {
            double side = Math.min(width, height) * kit.real(0.05, kit.chance(0.5) ? 0.2 : 0.42);
            var place = new Place(kit.real(2, width - side - 2), kit.real(2, height - side - 2), side);
            if (taken.stream().allMatch(other -> place.overlap(other) < MOST_OVERLAP)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private static String thing(Kit kit, Place place) {
        double kind = kit.real(0, 1);
        boolean isIcon = kind < 0.08 && !kit.materials().icons().isEmpty();
        String what = isIcon ? icon(kit) : kind < 0.24 ? shape(kit) : emoji(kit);
        int canvas = (int) Math.ceil(place.side * 1.5);
        boolean isShadowed = kit.chance(0.25);
        String style = "left:%.1fpx;top:%.1fpx;%s"
                .formatted(
                        place.x - (canvas - place.side) / 2,
                        place.y - (canvas - place.side) / 2,
                        isShadowed
                                ? "filter:drop-shadow(%dpx %dpx 4px rgba(0,0,0,.5))"
                                        .formatted(kit.between(-4, 4), kit.between(1, 6))
                                : "");
        double turn = kit.chance(0.5) ? kit.real(-12, 12) : kit.chance(0.3) ? kit.real(-60, 60) : 0;
        boolean isMirrored = kit.chance(0.4) && !isIcon;
        return "<canvas data-ink %s width=%d height=%d data-side='%.1f' data-turn='%.1f' data-flip='%d' style='%s'></canvas>"
                .formatted(what, canvas, canvas, place.side, turn, isMirrored ? -1 : 1, style);
    }

    private static String emoji(Kit kit) {
        String name = kit.pick(kit.materials().emoji().names());
        String source = kit.materials()
                .emoji()
                .drawing(name)
                .map(url -> "data-src='" + url + "'")
                .orElseGet(() -> "data-emoji='" + kit.materials().emoji().character(name) + "'");
        return "data-label='" + name + "' " + source;
    }

    private static String shape(Kit kit) {
        String name = kit.pick(SHAPE_NAMES);
        String color = kit.pick(COLOR_NAMES);
        int lightness = java.util.Objects.requireNonNull(COLORS.get(color))[2];
        boolean isExtreme = lightness < 35 || lightness > 70; // could be lost in a shadow or a cloud
        String edge = kit.chance(isExtreme ? 0.8 : 0.3)
                ? "stroke='%s' stroke-width='%d'"
                        .formatted(
                                lightness < 35 ? "#eee" : lightness > 70 ? "#222" : kit.pick("#111", "#fff", "#444"),
                                kit.between(2, 5))
                : "";
        String svg =
                "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400' viewBox='0 0 100 100'><g fill='%s' %s>%s</g></svg>"
                        .formatted(shade(kit, color), edge, SHAPES.get(name));
        return "data-label='%s' data-color=%s data-src='%s'".formatted(name, color, url(svg));
    }

    private static String icon(Kit kit) {
        String name = kit.pick(kit.materials().icons().names());
        String color = kit.pick(COLOR_NAMES);
        String drawn = shade(kit, color);
        String svg = kit.materials()
                .icons()
                .svg(name)
                .replace("currentColor", drawn)
                .replaceFirst(
                        "<svg",
                        "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='400'"
                                + (kit.isHeldOut() ? " fill='" + drawn + "'" : ""));
        return "data-label=icon data-name='%s' data-color=%s data-src='%s'".formatted(name, color, url(svg));
    }

    private static String shade(Kit kit, String color) {
        int[] hsl = java.util.Objects.requireNonNull(COLORS.get(color));
        boolean isGray = hsl[1] == 0;
        return Look.hsl(
                hsl[0] + (isGray ? 0 : kit.real(-4, 4)),
                isGray ? 0 : hsl[1] + kit.real(-6, 5),
                hsl[2] + kit.real(-2, 2));
    }

    private static String url(String svg) {
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }
}
