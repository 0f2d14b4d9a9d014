package ai.sphinxv.training.pages.kit;

import java.nio.file.Path;
import java.util.Locale;

/** What pictures on a page show: photographs, drawn landscapes, things, patterns. */
public final class Pictures {
    private Pictures() {}

    /** An element that fills its parent with a picture of any kind. */
    public static String any(Kit kit, int width, int height) {
        int kind = kit.between(0, 9);
        if (kind < 4 && !kit.materials().photos().files().isEmpty()) {
            return photo(kit, kit.real(1, 2.5));
        }
        if (kind < 6) {
            return landscape(kit);
        }
        return kind < 8 ? thing(kit, Math.min(width, height)) : pattern(kit);
    }

    /** Part of a photograph, perhaps mirrored; or a landscape where there is none. */
    public static String photo(Kit kit, double zoom) {
        if (kit.materials().photos().files().isEmpty()) {
            return landscape(kit);
        }
        Path file = kit.pick(kit.materials().photos().files());
        return String.format(
                Locale.ROOT,
                "<div style=\"position:absolute;inset:0;background:url('%s') %d%% %d%%/cover;transform:scale(%.2f,%.2f);transform-origin:%d%% %d%%\"></div>",
                file.toUri(),
                kit.between(0, 100),
                kit.between(0, 100),
                kit.chance(0.5) ? zoom : -zoom,
                zoom,
                50,
                kit.between(0, 100));
    }

    /** Sky, sun and hills. */
    public static String landscape(Kit kit) {
        double hue = Look.hue(kit);
        StringBuilder svg = new StringBuilder("<svg preserveAspectRatio='none' viewBox='0 0 100 100'>");
        svg.append(
                "<defs><linearGradient id='g%d' x2='0' y2='1'><stop stop-color='%s'/><stop offset='1' stop-color='%s'/></linearGradient></defs>"
                        .formatted(
                                (int) hue,
                                Look.hsl(hue, 60, kit.between(40, 80)),
                                Look.hsl(hue + 40, 60, kit.between(70, 90))));
        svg.append("<rect width='100' height='100' fill='url(#g%d)'/>".formatted((int) hue));
        svg.append("<circle cx='%d' cy='%d' r='%d' fill='%s'/>"
                .formatted(
                        kit.between(15, 85),
                        kit.between(12, 40),
                        kit.between(5, 12),
                        Look.hsl(45, 90, kit.between(60, 95))));
        for (int layer = 0; layer < 3; layer++) {
            StringBuilder points = new StringBuilder("0,100 ");
            for (int x = 0; x <= 100; x += 10) {
                points.append(x)
                        .append(',')
                        .append(kit.between(38 + 16 * layer, 62 + 14 * layer))
                        .append(' ');
            }
            svg.append("<polygon points='%s100,100' fill='%s'/>"
                    .formatted(points, Look.hsl(hue + 90, 35, 55 - 14 * layer)));
        }
        return svg.append("</svg>").toString();
    }

    /** One emoji on a plain ground. */
    public static String thing(Kit kit, int side) {
        String name = kit.pick(kit.materials().emoji().names());
        return "<div data-no-lines class='fill pic-c' style='background:%s'>%s</div>"
                .formatted(
                        Look.hsl(Look.hue(kit), kit.between(10, 70), kit.between(78, 96)),
                        kit.materials().emoji().html(name, Math.max(14, side * kit.between(45, 70) / 100)));
    }

    /** Circles and bars, as abstract art. */
    public static String pattern(Kit kit) {
        double hue = Look.hue(kit);
        StringBuilder svg = new StringBuilder(
                "<svg preserveAspectRatio='xMidYMid slice' viewBox='0 0 100 60'><rect width='100' height='60' fill='%s'/>"
                        .formatted(Look.hsl(hue, 55, kit.between(20, 80))));
        for (int i = kit.between(4, 12); i > 0; i--) {
            String fill = Look.hsl(hue + kit.between(-60, 60), 65, kit.between(25, 85));
            if (kit.chance(0.6)) {
                svg.append("<circle cx='%d' cy='%d' r='%d' fill='%s' opacity='.7'/>"
                        .formatted(kit.between(0, 100), kit.between(0, 60), kit.between(4, 26), fill));
            } else {
                svg.append(
                        "<rect x='%d' y='%d' width='%d' height='%d' fill='%s' opacity='.7' transform='rotate(%d 50 30)'/>"
                                .formatted(
                                        kit.between(0, 90),
                                        kit.between(0, 50),
                                        kit.between(5, 60),
                                        kit.between(3, 20),
                                        fill,
                                        kit.between(-45, 45)));
            }
        }
        return svg.append("</svg>").toString();
    }
}
