package ai.sphinxv.training.pages.scene;

import static ai.sphinxv.training.pages.kit.Html.div;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Look;
import ai.sphinxv.training.pages.kit.Pictures;

/** What lies behind objects and words: a colour, a gradient, a material, a photograph. */
final class Ground {
    private Ground() {}

    /** Fills the page; photographs are no more than a share of all. */
    static String any(Kit kit, double photos) {
        if (kit.chance(photos)) {
            String filter = kit.chance(0.3)
                    ? "filter:blur(%.1fpx) brightness(%.2f)".formatted(kit.real(0.5, 4), kit.real(0.6, 1.2))
                    : "";
            return layer(filter, Pictures.photo(kit, kit.real(1.05, 3)));
        }
        return switch (kit.between(0, 5)) {
            case 0 -> layer("background:" + plain(kit), "");
            case 1 ->
                layer(
                        "background:linear-gradient(%ddeg,%s,%s)"
                                .formatted(kit.between(0, 360), plain(kit), plain(kit)),
                        "");
            case 2 ->
                layer(
                        "background:radial-gradient(circle at %d%% %d%%,%s,%s)"
                                .formatted(kit.between(10, 90), kit.between(10, 90), plain(kit), plain(kit)),
                        "");
            case 3 ->
                layer("background:" + plain(kit), "")
                        + noise(kit, kit.real(0.1, 0.45), kit.pick("0.02 0.4", "0.8", "0.03", "0.2 0.02", "0.4"));
            case 4 -> pattern(kit);
            default -> bricks(kit) + noise(kit, 0.2, "0.6");
        };
    }

    static String plain(Kit kit) {
        return kit.chance(0.2)
                ? Look.hsl(0, 0, kit.pick(100, 97, 88, 70, 45, 20, 8))
                : Look.hsl(Look.hue(kit), kit.between(10, 75), kit.between(15, 92));
    }

    /** Grain on all that is below it, which no pointer can hit. */
    static String noise(Kit kit, double strength, String frequency) {
        return """
                <svg style='position:absolute;inset:0;width:100%%;height:100%%;pointer-events:none;opacity:%.2f;mix-blend-mode:%s'><filter id='n%4$d'><feTurbulence type='fractalNoise' baseFrequency='%3$s' numOctaves='2' seed='%4$d'/><feColorMatrix type='saturate' values='0'/></filter><rect width='100%%' height='100%%' filter='url(#n%4$d)'/></svg>""".formatted(strength, kit.pick("multiply", "overlay", "soft-light"), frequency, kit.between(1, 9999));
    }

    private static String pattern(Kit kit) {
        String a = plain(kit);
        String b = plain(kit);
        int step = kit.between(8, 60);
        return layer(
                switch (kit.between(0, 3)) {
                    case 0 ->
                        "background:repeating-linear-gradient(%ddeg,%s 0 %dpx,%s %dpx %dpx)"
                                .formatted(kit.between(0, 180), a, step, b, step, 2 * step);
                    case 1 ->
                        "background:radial-gradient(%s %d%%,transparent 0) 0 0/%dpx %dpx,%s"
                                .formatted(b, kit.between(15, 40), step, step, a);
                    case 2 ->
                        "background:conic-gradient(%s 25%%,%s 0 50%%,%s 0 75%%,%s 0) 0 0/%dpx %dpx"
                                .formatted(a, b, a, b, step, step);
                    default ->
                        "background:linear-gradient(%s 1px,transparent 0) 0 0/%dpx %dpx,linear-gradient(90deg,%s 1px,transparent 0) 0 0/%dpx %dpx,%s"
                                .formatted(b, step, step, b, step, step, a);
                },
                "");
    }

    private static String bricks(Kit kit) {
        int w = kit.between(40, 90);
        int h = w * 2 / 5;
        String brick = Look.hsl(kit.between(8, 40), kit.between(20, 55), kit.between(30, 70));
        String joint = Look.hsl(40, 10, kit.between(50, 85));
        String row = "linear-gradient(90deg,%s 3px,transparent 0)".formatted(joint);
        return layer(
                "background:linear-gradient(%s 3px,transparent 0) 0 0/%dpx %dpx,%s 0 0/%dpx %dpx,%s"
                        .formatted(joint, w, h, row, w, 2 * h, brick),
                "");
    }

    private static String layer(String style, String content) {
        return div("style=\"position:absolute;inset:0;overflow:hidden;%s\"".formatted(style), content);
    }
}
