package ai.sphinxv.training.pages.document;

import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Look;
import ai.sphinxv.training.pages.kit.Pictures;

/** Figures as papers have them: plots with axes, diagrams, micrographs, photographs, and several of them together. */
final class Figures {
    private final Kit kit;
    private final String accent;
    private final boolean isGray;

    Figures(Kit kit, String accent) {
        this.kit = kit;
        this.accent = accent;
        this.isGray = kit.chance(0.35);
    }

    /** A drawing of so many CSS pixels. */
    String any(int width, int height) {
        if (kit.chance(0.3)) {
            int columns = width > height * 1.5 ? kit.pick(2, 3) : 2;
            int rows = kit.pick(1, 2, 2);
            StringBuilder parts = new StringBuilder();
            for (int i = 0; i < rows * columns; i++) {
                int w = width / columns;
                int h = height / rows;
                parts.append(
                        "<div style='position:absolute;left:%dpx;top:%dpx;width:%dpx;height:%dpx;overflow:hidden'>%s<b style='position:absolute;left:1px;top:0;font:bold 11px var(--fig);color:#000;background:#fff'>%s</b></div>"
                                .formatted(i % columns * w, i / columns * h, w - 4, h - 4, one(w - 4, h - 4), (char)
                                        ('A' + i)));
            }
            return "<div style='position:relative;width:%dpx;height:%dpx'>%s</div>".formatted(width, height, parts);
        }
        return one(width, height);
    }

    private String one(int width, int height) {
        return switch (kit.between(0, 9)) {
            case 0, 1 -> plot(width, height, bars(width, height));
            case 2, 3 -> plot(width, height, lines(width, height));
            case 4 -> plot(width, height, points(width, height));
            case 5 -> flow(width, height);
            case 6 -> cells(width, height);
            case 7 -> heat(width, height);
            case 8 ->
                "<div style='position:relative;overflow:hidden;width:%dpx;height:%dpx%s'>%s</div>"
                        .formatted(
                                width,
                                height,
                                isGray ? ";filter:grayscale(1)" : "",
                                Pictures.photo(kit, kit.real(1, 2)));
            default -> pie(width, height);
        };
    }

    private String color(int i) {
        return isGray ? Look.hsl(0, 0, 20 + 22 * (i % 4)) : i == 0 ? accent : Look.hsl(Look.hue(kit), 60, 45);
    }

    private String plot(int width, int height, String marks) {
        int left = 34;
        int bottom = height - 24;
        String ticks = times(5, i -> {
            int y = bottom - i * (bottom - 12) / 4;
            return "<path d='M%d %dh-4' stroke='#222'/><text x='%d' y='%d' font-size='7' text-anchor='end'>%d</text>"
                    .formatted(left, y, left - 6, y + 3, i * kit.pick(5, 5, 5));
        });
        String names =
                "<text x='%d' y='%d' font-size='8' text-anchor='middle'>%s (%s)</text><text transform='translate(9 %d) rotate(-90)' font-size='8' text-anchor='middle'>%s</text>"
                        .formatted(
                                (left + width) / 2,
                                height - 4,
                                kit.word("science"),
                                kit.pick("s", "mm", "%", "years", "mg", "Hz"),
                                height / 2,
                                kit.word("science"));
        String legend = kit.chance(0.4)
                ? times(
                        2,
                        i ->
                                "<rect x='%d' y='%d' width='8' height='8' fill='%s'/><text x='%d' y='%d' font-size='7'>%s</text>"
                                        .formatted(
                                                width - 70,
                                                6 + 12 * i,
                                                color(i),
                                                width - 58,
                                                13 + 12 * i,
                                                kit.word("sciadj")))
                : "";
        String frame = kit.chance(0.3)
                ? "<rect x='%d' y='6' width='%d' height='%d' fill='none' stroke='#222'/>"
                        .formatted(left, width - left - 6, bottom - 6)
                : "<path d='M%d 6V%dH%d' fill='none' stroke='#222'/>".formatted(left, bottom, width - 6);
        return svg(width, height, marks + frame + ticks + names + legend);
    }

    private String bars(int width, int height) {
        int count = kit.between(3, 9);
        double step = (width - 50.0) / count;
        boolean isPaired = kit.chance(0.4);
        boolean isError = kit.chance(0.5);
        return times(
                count,
                i -> times(isPaired ? 2 : 1, j -> {
                    double tall = kit.real(0.15, 0.9) * (height - 40);
                    double w = step * (isPaired ? 0.36 : 0.66);
                    double x = 40 + i * step + j * w;
                    double y = height - 24 - tall;
                    String error = isError
                            ? "<path d='M%1$.1f %2$.1fv%3$.1fm-3 0h6' stroke='#222' fill='none'/>"
                                    .formatted(x + w / 2, y, -kit.real(3, 9))
                            : "";
                    return "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s' stroke='#333' stroke-width='.5'/>%s"
                            .formatted(x, y, w, tall, color(j), error);
                }));
    }

    private String lines(int width, int height) {
        int count = kit.between(5, 30);
        boolean isDotted = kit.chance(0.5);
        return times(kit.between(1, 4), s -> {
            double level = kit.real(0.2, 0.8);
            double slope = kit.real(-0.5, 0.5);
            StringBuilder path = new StringBuilder();
            StringBuilder dots = new StringBuilder();
            for (int i = 0; i < count; i++) {
                double x = 36 + i * (width - 46.0) / (count - 1);
                double y =
                        8 + (height - 36) * Math.clamp(level + slope * i / count + kit.real(-0.06, 0.06), 0.02, 0.98);
                path.append("%s%.1f %.1f".formatted(i == 0 ? "M" : "L", x, y));
                dots.append(isDotted ? "<circle cx='%.1f' cy='%.1f' r='2'/>".formatted(x, y) : "");
            }
            String color = color(s);
            return "<path d='%s' fill='none' stroke='%s' stroke-width='1.2' %s/><g fill='%s'>%s</g>"
                    .formatted(path, color, kit.chance(0.3) ? "stroke-dasharray='4 2'" : "", color, dots);
        });
    }

    private String points(int width, int height) {
        double slope = kit.real(-0.8, 0.8);
        String color = color(0);
        return times(kit.between(20, 90), i -> {
            double x = kit.real(0, 1);
            double y = Math.clamp(0.5 - slope * (x - 0.5) + kit.real(-0.2, 0.2), 0.02, 0.98);
            return "<circle cx='%.1f' cy='%.1f' r='%.1f' fill='%s' fill-opacity='.7'/>"
                    .formatted(38 + x * (width - 48), 8 + y * (height - 36), kit.real(1.2, 2.6), color);
        });
    }

    private String flow(int width, int height) {
        int columns = width > 300 ? kit.between(2, 3) : 2;
        int rows = kit.between(2, 3);
        double w = width / (double) columns;
        double h = height / (double) rows;
        return svg(width, height, times(rows * columns, i -> {
            double x = i % columns * w + 6;
            double y = i / columns * h + 5;
            String arrow = i % columns < columns - 1
                    ? "<path d='M%.1f %.1fh14m-4 -3l4 3l-4 3' fill='none' stroke='#222'/>"
                            .formatted(x + w - 20, y + h / 2 - 6)
                    : "";
            return "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' rx='%d' fill='%s' fill-opacity='.2' stroke='#333'/><text x='%.1f' y='%.1f' font-size='8' text-anchor='middle'>%s</text>%s"
                    .formatted(
                            x,
                            y,
                            w - 26,
                            h - 14,
                            kit.pick(0, 4, 8),
                            color(i % 3),
                            x + w / 2 - 13,
                            y + h / 2 - 4,
                            kit.word("science"),
                            arrow);
        }));
    }

    private String cells(int width, int height) {
        double hue = isGray ? 0 : Look.hue(kit);
        int saturation = isGray ? 0 : 60;
        boolean isDark = kit.chance(0.6);
        String spots = times(
                kit.between(20, 70),
                i -> "<ellipse cx='%d' cy='%d' rx='%d' ry='%d' fill='%s' opacity='%.1f'/>"
                        .formatted(
                                kit.between(0, width),
                                kit.between(0, height),
                                kit.between(2, 12),
                                kit.between(2, 12),
                                Look.hsl(
                                        hue + kit.between(-25, 25),
                                        saturation,
                                        isDark ? kit.between(40, 80) : kit.between(25, 60)),
                                kit.real(0.3, 0.9)));
        String scale = "<rect x='%d' y='%d' width='30' height='3' fill='%s'/>"
                .formatted(width - 38, height - 9, isDark ? "#fff" : "#000");
        return svg(
                width,
                height,
                "<rect width='100%%' height='100%%' fill='%s'/>"
                                .formatted(Look.hsl(hue, saturation / 2.0, isDark ? 8 : 86))
                        + spots
                        + scale);
    }

    private String heat(int width, int height) {
        int n = kit.between(5, 12);
        double hue = Look.hue(kit);
        return svg(
                width,
                height,
                times(
                                n * n,
                                i -> "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>"
                                        .formatted(
                                                i % n * (width - 26.0) / n,
                                                i / n * (double) height / n,
                                                (width - 26.0) / n,
                                                (double) height / n,
                                                Look.hsl(hue, isGray ? 0 : 70, kit.between(18, 94))))
                        + times(
                                10,
                                i -> "<rect x='%d' y='%.1f' width='10' height='%.1f' fill='%s'/>"
                                        .formatted(
                                                width - 14,
                                                i * height / 10.0,
                                                height / 10.0,
                                                Look.hsl(hue, isGray ? 0 : 70, 18 + 7 * i))));
    }

    private String pie(int width, int height) {
        int parts = kit.between(3, 6);
        double r = Math.min(width, height) * 0.23;
        return svg(
                width,
                height,
                times(
                        parts,
                        i ->
                                "<circle cx='%.1f' cy='%.1f' r='%.1f' fill='none' stroke='%s' stroke-width='%.1f' pathLength='100' stroke-dasharray='%d 100' transform='rotate(%d %.1f %.1f)'/><rect x='%d' y='%d' width='8' height='8' fill='#888'/><text x='%d' y='%d' font-size='8'>%s</text>"
                                        .formatted(
                                                width * 0.36,
                                                height / 2.0,
                                                r,
                                                Look.hsl(Look.hue(kit), isGray ? 0 : 60, 25 + 10 * i),
                                                2 * r,
                                                100 / parts + 1,
                                                360 * i / parts,
                                                width * 0.36,
                                                height / 2.0,
                                                width - 74,
                                                12 + 13 * i,
                                                width - 62,
                                                20 + 13 * i,
                                                kit.word("sciadj"))));
    }

    private static String svg(int width, int height, String content) {
        return "<svg width='%1$d' height='%2$d' viewBox='0 0 %1$d %2$d'>%3$s</svg>".formatted(width, height, content);
    }
}
