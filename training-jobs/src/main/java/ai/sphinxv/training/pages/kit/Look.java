package ai.sphinxv.training.pages.kit;

import java.util.Locale;

/** A colour theme and a style of components: variables and body classes for {@code parts.css}. */
public final class Look {
    private static final int HUE_BIN = 8;

    private final Kit kit;
    private final StringBuilder variables = new StringBuilder();
    private final boolean isDark;
    private final double hue;
    private final int size;
    private final String classes;

    /**
     * A look by chance; hues and fonts are the split's own.
     *
     * @param least font size in CSS pixels, at least
     * @param most font size in CSS pixels, at most
     */
    public Look(Kit kit, int least, int most) {
        this.kit = kit;
        this.isDark = kit.chance(0.27);
        this.hue = hue(kit);
        this.size = kit.between(least, most);
        colors();
        shapes();
        fonts();
        this.classes = classes(kit);
    }

    /** Hues go by bins of eight degrees: every other bin is held out. */
    public static double hue(Kit kit) {
        int bin = 2 * kit.between(0, 360 / HUE_BIN / 2 - 1) + (kit.isHeldOut() ? 1 : 0);
        return HUE_BIN * bin + kit.real(0, HUE_BIN);
    }

    public boolean isDark() {
        return isDark;
    }

    /** Of running text, in CSS pixels. */
    public int size() {
        return size;
    }

    /** The page's styles: variables first, then the parts. */
    public String css() {
        return ":root{" + variables + "}" + Resources.text("parts.css");
    }

    public String classes() {
        return classes;
    }

    /** A strong colour of the theme's family or another, for avatars and tiles. */
    public String tint(double saturation, double lightness) {
        return hsl(hue(kit), saturation, lightness);
    }

    public static String hsl(double hue, double saturation, double lightness) {
        return String.format(Locale.ROOT, "hsl(%.0f %.0f%% %.0f%%)", hue, saturation, lightness);
    }

    private void set(String name, String value) {
        variables.append("--").append(name).append(':').append(value).append(';');
    }

    private void colors() {
        boolean isPlain = kit.chance(0.12);
        double s = isPlain ? 0 : kit.real(45, 95);
        double l = isPlain ? (isDark ? 85 : 12) : kit.real(32, 58);
        String accent = hsl(hue, s, l);
        boolean isBright = l > 60 || hue > 42 && hue < 190 && l > 44;
        set("accent", accent);
        set("on-accent", isBright ? "#111" : "#fff");
        double tone = kit.real(0, 14);
        if (isDark) {
            dark(tone);
        } else {
            light(tone);
        }
        boolean isSolid = kit.chance(0.45);
        set("second", isSolid ? (isDark ? hsl(hue, tone, 32) : hsl(hue, tone, 89)) : "transparent");
        set("on-second", isSolid ? "var(--text)" : kit.chance(0.5) ? "var(--text)" : "var(--link)");
        set("second-border", isSolid ? "transparent" : kit.chance(0.5) ? "var(--muted)" : "var(--link)");
        set("link", isPlain ? "var(--text)" : hsl(hue, Math.max(s, 60), isDark ? 70 : Math.min(l, 42)));
        bars(accent, isBright, tone);
    }

    private void light(double tone) {
        set("bg", kit.pick("#fff", "#fff", hsl(hue, tone, 97), hsl(hue, tone, 95), hsl(40, tone, 96)));
        set("surface", "#fff");
        set("soft", hsl(hue, tone, kit.between(92, 96)));
        set("text", hsl(hue, tone, kit.between(5, 22)));
        set("muted", hsl(hue, tone, kit.between(38, 55)));
        set("border", hsl(hue, tone, kit.between(78, 89)));
        set("field", kit.chance(0.8) ? "#fff" : "var(--soft)");
        set("field-border", hsl(hue, tone, kit.between(58, 82)));
        set("sw-off", hsl(hue, tone, kit.between(72, 84)));
    }

    private void dark(double tone) {
        int base = kit.between(5, 15);
        set("bg", hsl(hue, tone, base));
        set("surface", hsl(hue, tone, base + kit.between(2, 6)));
        set("soft", hsl(hue, tone, base + 8));
        set("text", hsl(hue, tone, kit.between(86, 97)));
        set("muted", hsl(hue, tone, kit.between(56, 70)));
        set("border", hsl(hue, tone, base + 14));
        set("field", hsl(hue, tone, base + kit.between(3, 8)));
        set("field-border", hsl(hue, tone, base + 22));
        set("sw-off", hsl(hue, tone, base + 24));
    }

    private void bars(String accent, boolean isBright, double tone) {
        int kind = kit.between(0, 3);
        set("nav", kind == 0 ? accent : kind == 1 ? hsl(hue, tone, 13) : "var(--surface)");
        set("nav-text", kind == 0 ? (isBright ? "#111" : "#fff") : kind == 1 ? "#eee" : "var(--text)");
        set("nav-on", kind == 0 ? "inherit" : kind == 1 ? "#fff" : "var(--link)");
        int side = kit.between(0, 2);
        set(
                "side",
                side == 0
                        ? hsl(hue, kit.real(10, 45), kit.between(10, 22))
                        : side == 1 ? "var(--soft)" : "var(--surface)");
        set("side-text", side == 0 ? "#d8dde4" : "var(--text)");
        set("side-on", side == 0 ? "rgba(255,255,255,.16)" : "color-mix(in srgb,var(--accent) 18%,var(--surface))");
        set("side-on-text", side == 0 ? "#fff" : "var(--link)");
        boolean isStrong = kit.chance(0.2);
        set("th-bg", isStrong ? accent : kit.pick("transparent", "var(--soft)"));
        set("th", isStrong ? (isBright ? "#111" : "#fff") : kit.pick("var(--muted)", "var(--text)"));
    }

    private void shapes() {
        int r = kit.pick(0, 2, 3, 4, 6, 8, 10, 14);
        set("r", r + "px");
        set("btn-r", kit.chance(0.25) ? "99px" : r + "px");
        set("card-r", Math.min(18, r + kit.between(0, 6)) + "px");
        set("cb-r", Math.min(r, 5) + "px");
        set("badge-r", kit.pick("99px", "3px", "0"));
        set("av-r", kit.chance(0.8) ? "50%" : r + "px");
        set("bubble", kit.pick("4px", "10px", "16px", "18px 18px 18px 4px"));
        set("gap", kit.between(7, 14) + "px");
        set("pad", kit.between(10, 22) + "px");
        set("btn-y", kit.pick(".35em", ".45em", ".55em", ".7em"));
        set("btn-x", kit.pick(".8em", "1em", "1.3em", "1.7em"));
        set("btn-w", kit.pick("400", "500", "600", "700"));
        set("field-y", kit.pick(".35em", ".45em", ".6em"));
        set("tick", kit.between(13, 20) + "px");
        set("sw", kit.between(30, 50) + "px");
        set("sw-r", kit.chance(0.85) ? "99px" : "4px");
        set("thumb", kit.between(12, 22) + "px");
        set("thumb-r", kit.chance(0.85) ? "50%" : "3px");
        set("thumb-c", kit.pick("var(--accent)", "#fff"));
        set("track", kit.between(3, 8) + "px");
        set("bar", kit.between(6, 16) + "px");
        set("bar-r", kit.pick("99px", "3px", "0"));
        set("cell", kit.pick(".35em", ".5em", ".7em"));
        set("tab-gap", kit.between(0, 12) + "px");
        set("nav-gap", kit.between(12, 26) + "px");
        set("nav-y", kit.between(8, 16) + "px");
        set("side-y", kit.pick(".4em", ".55em", ".75em"));
        set("item", kit.between(7, 14) + "px");
    }

    private void fonts() {
        Fonts fonts = kit.materials().fonts();
        String body = kit.chance(0.88) ? kit.pick(fonts.sans()) : kit.pick(fonts.serif());
        set("font", "'" + body + "'");
        set(
                "head",
                "'" + (kit.chance(0.7) ? body : kit.chance(0.7) ? kit.pick(fonts.serif()) : kit.pick(fonts.display()))
                        + "'");
        set("head-weight", kit.pick("700", "700", "600", "400"));
        set("size", size + "px");
        set("btn-size", kit.pick("1em", "1em", ".92em"));
    }

    private static String classes(Kit kit) {
        return String.join(
                " ",
                kit.pick("", "", "", "btn-upper"),
                kit.pick("", "", "", "btn-shadow", "btn-gloss"),
                kit.pick("", "", "field-line", "field-fill"),
                kit.pick("card-line", "card-shadow", "card-flat", "card-line card-shadow"),
                kit.pick("table-line", "table-line", "table-grid", "table-zebra"),
                kit.pick("tab-line", "tab-line", "tab-pill", "tab-box"),
                kit.pick("nav-line", ""),
                kit.pick("list-line", "list-line", ""),
                kit.pick("pillsearch", "", ""),
                kit.pick("underlined", "", ""),
                kit.pick("striped", "", "", ""),
                kit.pick("sw-line", "", ""));
    }
}
