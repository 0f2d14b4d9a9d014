package ai.sphinxv.training.pages.kit;

import static ai.sphinxv.training.pages.kit.Html.times;

/** Charts as SVG that fill what they stand in. */
public final class Charts {
    private Charts() {}

    /** Bars, a line or a ring without words. */
    public static String plain(Kit kit) {
        return switch (kit.between(0, 3)) {
            case 0, 1 -> bars(kit);
            case 2 -> line(kit);
            default -> ring(kit);
        };
    }

    private static String bars(Kit kit) {
        int count = kit.between(5, 14);
        double wide = 100.0 / count;
        return svg("none", times(count, i -> {
            int tall = kit.between(10, 95);
            return "<rect x='%.1f' y='%d' width='%.1f' height='%d' style='fill:var(--accent)'/>"
                    .formatted(i * wide + wide * 0.15, 100 - tall, wide * 0.7, tall);
        }));
    }

    private static String line(Kit kit) {
        int count = kit.between(8, 20);
        String points = times(count, i -> "%.1f,%d ".formatted(100.0 * i / (count - 1), kit.between(10, 90)));
        String grid = times(
                5,
                i -> "<path d='M0 %1$dH100' stroke='currentColor' stroke-opacity='.15' stroke-width='.5'/>"
                        .formatted(20 * i + 10));
        return svg(
                "none",
                grid
                        + "<polygon points='0,100 %s100,100' style='fill:var(--accent)' opacity='.2'/><polyline points='%s' fill='none' style='stroke:var(--accent)' stroke-width='1.4' vector-effect='non-scaling-stroke'/>"
                                .formatted(points, points));
    }

    private static String ring(Kit kit) {
        double hue = Look.hue(kit);
        int parts = kit.between(3, 5);
        return svg(
                "xMidYMid meet",
                times(
                        parts,
                        i ->
                                "<circle cx='50' cy='50' r='36' fill='none' stroke='%s' stroke-width='18' pathLength='100' stroke-dasharray='%d 100' transform='rotate(%d 50 50)'/>"
                                        .formatted(
                                                Look.hsl(hue + 50.0 * i, 60, 50), 100 / parts - 1, 360 * i / parts)));
    }

    private static String svg(String fit, String content) {
        return "<svg class=fill preserveAspectRatio='%s' viewBox='0 0 100 100'>%s</svg>".formatted(fit, content);
    }
}
