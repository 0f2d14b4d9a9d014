package ai.sphinxv.training.pages.document;

import ai.sphinxv.training.pages.kit.Fonts;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Look;

/**
 * Paper, type and margins of a page.
 *
 * @param variables for the page's styles
 * @param accent a colour for rules, headings and figures
 */
record Style(String variables, String accent, int width, int height) {

    static Style of(Kit kit, boolean isSlide) {
        Fonts fonts = kit.materials().fonts();
        int width = isSlide ? kit.between(640, 900) : kit.between(596, 820);
        int height = isSlide ? width * 9 / kit.pick(12, 16) : (int) (width * kit.real(1.27, 1.42));
        String font = kit.chance(0.68) ? kit.pick(fonts.serif()) : kit.pick(fonts.sans());
        String head = kit.chance(0.6) ? font : kit.pick(fonts.sans());
        String accent = Look.hsl(Look.hue(kit), kit.between(30, 80), kit.between(25, 45));
        boolean isScan = kit.chance(0.15);
        double size = width / 596.0 * kit.real(7.6, 10.4);
        String variables = String.join(
                ";",
                "--paper:" + (isScan ? Look.hsl(45, 20, kit.between(90, 97)) : "#fff"),
                "--ink:" + kit.pick("#000", "#111", "#222", "#333"),
                "--accent:" + accent,
                "--font:'" + font + "'",
                "--head:'" + head + "'",
                "--fig:'" + kit.pick(fonts.sans()) + "'",
                "--mono:'" + kit.pick(fonts.mono()) + "'",
                "--math:'" + kit.pick(fonts.math()) + "'",
                "--hw:" + kit.pick("700", "700", "600", "400"),
                "--size:%.2fpx".formatted(isSlide ? size * kit.real(1.6, 2) : size),
                "--line:%.2f".formatted(kit.real(1.15, 1.5)),
                "--top:%dpx".formatted(kit.between(18, 52)),
                "--bottom:%dpx".formatted(kit.between(14, 44)),
                "--side:%dpx".formatted(width * kit.between(6, 14) / 100),
                "--gap:%dpx".formatted(kit.between(14, 28)),
                "--para:%.2fem".formatted(kit.pick(0.0, 0.3, 0.6, 0.9)),
                "--li:%.2fem".formatted(kit.pick(0.0, 0.15, 0.4)),
                "--cell:%.2fem".formatted(kit.real(0.12, 0.4)),
                "--align:" + kit.pick("justify", "justify", "justify", "left"),
                "");
        return new Style(variables, accent, width, height);
    }
}
