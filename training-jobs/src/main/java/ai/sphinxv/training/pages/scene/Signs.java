package ai.sphinxv.training.pages.scene;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Html;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Sheet;

/** Words where people find them: on signs, shops, posters, labels, receipts, and on photographs. */
public final class Signs {
    private static final String CSS = """
            *{box-sizing:border-box;margin:0;padding:0}html,body{overflow:hidden;height:100%}
            body{position:relative;background:#888}.abs{position:absolute;white-space:nowrap;width:max-content}
            .abs div{white-space:nowrap}.row{display:flex;justify-content:space-between;gap:12px}.mid{text-align:center}
            """;

    private Signs() {}

    /** One picture of any such place. */
    public static Sheet sheet(Kit kit) {
        int kind = kit.between(0, 18);
        if (kind < 4) {
            return Receipts.sheet(kit, CSS);
        }
        int width = kit.between(420, 900);
        int height = kit.between(380, 760);
        var board = new Boards(kit, width, height);
        var print = new Prints(kit, width, height);
        String content = switch (kind) {
            case 4, 5, 6 -> loose(kit, width, height);
            case 7, 8 -> board.streetSigns();
            case 9 -> board.shopFront();
            case 10 -> board.poster();
            case 11 -> board.label();
            case 12 -> board.notes();
            case 13, 14 -> print.menu();
            case 15 -> print.ticket();
            case 16 -> print.display();
            case 17 -> print.newspaper();
            default -> board.streetSigns();
        };
        return page(kit, content, width, height);
    }

    static Sheet page(Kit kit, String content, int width, int height) {
        String soft = kit.chance(0.3) ? "filter:blur(%.2fpx)".formatted(kit.real(0.2, 0.7)) : "";
        String light = kit.chance(0.3)
                ? div(
                        "style='position:absolute;inset:0;pointer-events:none;background:linear-gradient(%ddeg,rgba(0,0,0,%.2f),rgba(255,255,255,%.2f))'"
                                .formatted(kit.between(0, 360), kit.real(0, 0.35), kit.real(0, 0.25)))
                : "";
        String grain = kit.chance(0.35) ? Ground.noise(kit, kit.real(0.05, 0.2), "0.9") : "";
        String page = Html.page(CSS + "body{" + soft + "}", "", content, light, grain);
        return new Sheet(page, width, height, 1, kit.between(85, 95), 24);
    }

    /** Lines of words scattered over a ground, one in each cell of a grid. */
    private static String loose(Kit kit, int width, int height) {
        int rows = kit.between(3, 7);
        int columns = kit.between(1, 2);
        double tall = height / (double) rows;
        double wide = width / (double) columns;
        String lines = times(rows * columns, i -> {
            if (kit.chance(0.15)) {
                return "";
            }
            String words = words(kit, (int) (wide / 16));
            double size = Math.min(tall * 0.55, 1.5 * wide / Math.max(4, words.length())) * kit.real(0.55, 1);
            double x = i % columns * wide + kit.real(0.02, 0.12) * wide;
            double y = i / columns * tall + kit.real(0.05, 0.3) * tall;
            return div(
                    "class=abs style=\"left:%.0fpx;top:%.0fpx;%s;transform:%s\""
                            .formatted(x, y, look(kit, Math.max(11, size)), bend(kit)),
                    words);
        });
        return Ground.any(kit, 0.55) + lines;
    }

    /** A word, a phrase of a sign, a name, a number: at most so many characters. */
    static String words(Kit kit, int most) {
        for (int tries = 0; tries < 20; tries++) {
            String words = switch (kit.between(0, 9)) {
                case 0, 1 -> kit.word("sign");
                case 2, 3 -> kit.word("signphrase");
                case 4 -> kit.facts().company();
                case 5 -> kit.facts().price(kit.facts().currency());
                case 6 ->
                    kit.pick(
                            kit.facts().phone(),
                            kit.facts().code(),
                            kit.facts().date(),
                            kit.facts().time());
                case 7 -> kit.prose().line("headline", 30);
                case 8 -> kit.facts().street();
                default -> kit.word(kit.pick("item", "food", "place", "nature", "city", "last"));
            };
            if (words.length() <= most) {
                return kit.chance(0.2) ? words.toUpperCase(java.util.Locale.ROOT) : words;
            }
        }
        return kit.word("sign");
    }

    /** Type, colour and edges that stand out from any ground. */
    static String look(Kit kit, double size) {
        var fonts = kit.materials().fonts();
        String font = kit.pick(
                kit.pick(fonts.sans()), kit.pick(fonts.serif()), kit.pick(fonts.display()), kit.pick(fonts.mono()));
        boolean isLight = kit.chance(0.5);
        String color = isLight
                ? kit.pick("#fff", "#fff", "#ffe94d", "#ffd9e0", "#d6f5ff")
                : kit.pick("#000", "#111", "#8b0000", "#06306e", "#0b4a1e");
        String other = isLight ? "rgba(0,0,0,.85)" : "rgba(255,255,255,.9)";
        String edge = switch (kit.between(0, 3)) {
            case 0 -> "text-shadow:0 0 3px %1$s,0 0 6px %1$s,1px 1px 2px %1$s".formatted(other);
            case 1 -> "-webkit-text-stroke:%.1fpx %s;paint-order:stroke fill".formatted(Math.max(2, size / 11), other);
            case 2 -> "background:%s;padding:.1em .35em".formatted(other.replaceAll(",\\.\\d+\\)", ",1)"));
            default -> "text-shadow:2px 2px 3px %1$s,-1px -1px 2px %1$s".formatted(other);
        };
        return "font:%s %s %.1fpx/1.2 '%s';color:%s;%s;letter-spacing:%.2fem"
                .formatted(
                        kit.pick("italic", "normal", "normal", "normal"),
                        kit.pick("400", "700", "700"),
                        size,
                        font,
                        color,
                        edge,
                        kit.chance(0.2) ? kit.real(0, 0.15) : 0);
    }

    /** Turned a little, perhaps seen from the side. */
    static String bend(Kit kit) {
        return switch (kit.between(0, 3)) {
            case 0 -> "none";
            case 1 -> "rotate(%.1fdeg)".formatted(kit.real(-9, 9));
            case 2 ->
                "perspective(500px) rotateY(%.0fdeg) rotateX(%.0fdeg)".formatted(kit.real(-28, 28), kit.real(-18, 18));
            default -> "rotate(%.1fdeg) skewX(%.0fdeg)".formatted(kit.real(-5, 5), kit.real(-12, 12));
        };
    }
}
