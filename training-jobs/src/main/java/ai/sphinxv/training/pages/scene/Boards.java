package ai.sphinxv.training.pages.scene;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Html;
import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Look;
import ai.sphinxv.training.pages.kit.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Things with words on them: street signs, shop fronts, posters, labels, notes. */
final class Boards {
    private final Kit kit;
    private final int width;
    private final int height;

    Boards(Kit kit, int width, int height) {
        this.kit = kit;
        this.width = width;
        this.height = height;
    }

    private String font() {
        var fonts = kit.materials().fonts();
        return "'"
                + kit.pick(
                        kit.pick(fonts.sans()),
                        kit.pick(fonts.sans()),
                        kit.pick(fonts.serif()),
                        kit.pick(fonts.display()))
                + "'";
    }

    /** Signs on poles or walls, two or three beside each other. */
    String streetSigns() {
        int count = kit.between(1, 3);
        double wide = width / (double) count;
        return Ground.any(kit, 0.6)
                + times(count, i -> {
                    double size = Math.min(wide / 9, height / 9.0) * kit.real(0.7, 1.2);
                    double x = i * wide + wide * kit.real(0.06, 0.16);
                    double y = height * kit.real(0.08, 0.3);
                    return sign(x, y, size, (int) (wide * 0.7 / (size * 0.62)));
                });
    }

    private String sign(double x, double y, double size, int letters) {
        String[] colors = kit.pick(
                        "#c8102e #fff",
                        "#006b3f #fff",
                        "#00529b #fff",
                        "#ffcd00 #111",
                        "#fff #111",
                        "#111 #fff",
                        "#fff #c8102e",
                        "#f47920 #111",
                        "#5c4033 #fff")
                .split(" ");
        int lines = kit.between(1, 4);
        boolean isFramed = kit.chance(0.6);
        String text = times(
                lines,
                i -> div(
                        "style='font-size:%.1fpx'".formatted(size * (i == 0 ? 1.2 : kit.real(0.6, 1))),
                        Signs.words(kit, Math.max(5, letters))));
        String arrow = kit.chance(0.25)
                ? "<svg data-no-lines width='%1$.0f' height='%1$.0f' viewBox='0 0 20 20'><path d='M2 10h14m-6-6l6 6-6 6' stroke='%2$s' stroke-width='3' fill='none'/></svg>"
                        .formatted(size * 1.3, colors[1])
                : "";
        String pole = kit.chance(0.5)
                ? div(
                        "class=abs style='left:%.0fpx;top:%.0fpx;width:%.0fpx;height:%dpx;background:linear-gradient(90deg,#555,#bbb,#555)'"
                                .formatted(x + size * 2.2, y, size / 2, height))
                : "";
        return pole
                + div(
                        "class='abs mid' data-label=sign data-color=bg style=\"left:%.0fpx;top:%.0fpx;padding:%.0fpx %.0fpx;background:%s;color:%s;border-radius:%.0fpx;font:%s %.0fpx/1.25 %s;%s;box-shadow:0 2px 8px rgba(0,0,0,.5);transform:%s\""
                                .formatted(
                                        x,
                                        y,
                                        size * 0.35,
                                        size * 0.7,
                                        colors[0],
                                        colors[1],
                                        kit.pick(0.0, size / 6, size / 3),
                                        kit.pick("700", "400"),
                                        size,
                                        font(),
                                        isFramed ? "border:%.0fpx solid %s".formatted(size / 9 + 1, colors[1]) : "",
                                        kit.chance(0.5) ? Signs.bend(kit) : "none"),
                        text,
                        arrow);
    }

    /** A facade with a board above windows and a door. */
    String shopFront() {
        int board = height / kit.between(4, 6);
        String wall = Look.hsl(Look.hue(kit), kit.between(5, 40), kit.between(25, 80));
        boolean isDark = kit.chance(0.5);
        String boardColor =
                Look.hsl(Look.hue(kit), kit.between(30, 80), isDark ? kit.between(10, 28) : kit.between(80, 96));
        String name = kit.facts().company();
        double size = Math.min(board * 0.55, width * 1.25 / name.length());
        int panes = kit.between(2, 4);
        double wide = (width - 40.0) / panes;
        int top = board + kit.between(30, 70);
        String awning = kit.chance(0.4)
                ? div(
                        "class=abs style='left:10px;top:%dpx;width:%dpx;height:26px;background:repeating-linear-gradient(90deg,%s 0 24px,#fff 24px 48px)'"
                                .formatted(top - 4, width - 20, Ground.plain(kit)))
                : "";
        String windows = times(panes, i -> {
            String text = times(
                    kit.between(0, 3),
                    j -> div(
                            "class=abs style=\"left:%.0fpx;top:%dpx;%s;transform:%s\""
                                    .formatted(
                                            wide * kit.real(0.08, 0.2),
                                            40 + j * 60,
                                            Signs.look(kit, Math.max(11, wide / kit.between(8, 12))),
                                            Signs.bend(kit)),
                            Signs.words(kit, 9)));
            return div(
                    "class=abs style='left:%.0fpx;top:%dpx;width:%.0fpx;height:%dpx;border:8px solid %s;overflow:hidden'"
                            .formatted(
                                    20 + i * wide,
                                    top,
                                    wide - 10,
                                    height - top - (i == 0 ? 0 : 40),
                                    Look.hsl(30, 25, kit.between(12, 50))),
                    Pictures.any(kit, (int) wide, height / 2),
                    div("style='position:absolute;inset:0;background:rgba(20,30,40,.35)'"),
                    text);
        });
        return div("style='position:absolute;inset:0;background:%s'".formatted(wall))
                + Ground.noise(kit, 0.2, "0.5")
                + div(
                        "class='abs' data-label=sign style=\"left:14px;top:14px;width:%dpx;height:%dpx;background:%s;color:%s;display:flex;flex-direction:column;align-items:center;justify-content:center;font:%s %.0fpx/1.15 %s;box-shadow:0 3px 10px rgba(0,0,0,.4)\""
                                .formatted(
                                        width - 28,
                                        board,
                                        boardColor,
                                        isDark
                                                ? kit.pick("#fff", "#ffe08a", "#f6d2d2")
                                                : kit.pick("#111", "#6d0f1e", "#123c6b"),
                                        kit.pick("400", "700"),
                                        size,
                                        font()),
                        div("", name),
                        kit.chance(0.6)
                                ? div(
                                        "style='font-size:%.0fpx'".formatted(Math.max(10, size / 3)),
                                        kit.word("signphrase"))
                                : "")
                + awning
                + windows;
    }

    /** A poster that nearly fills the picture. */
    String poster() {
        double w = width * kit.real(0.6, 0.95);
        double h = height * kit.real(0.85, 0.97);
        boolean isDark = kit.chance(0.5);
        String paper = Look.hsl(Look.hue(kit), kit.between(20, 90), isDark ? kit.between(10, 30) : kit.between(75, 95));
        String ink = isDark ? kit.pick("#fff", "#ffe94d", "#fde") : kit.pick("#111", "#7a0c1e", "#0b2d6b");
        List<String> title = rows(kit.prose().sentence(kit.pick("headline", "product")), kit.between(8, 14));
        String font = font();
        boolean isPictured = kit.chance(0.6);
        String picture = isPictured
                ? div(
                        "style='position:relative;width:100%%;height:%.0fpx;overflow:hidden;margin:8px 0'"
                                .formatted(h * 0.35),
                        Pictures.any(kit, (int) w, (int) (h * 0.35)))
                : "";
        String facts = times(
                kit.between(2, 4),
                i -> div(
                        "style='font-size:%.0fpx'".formatted(Math.max(12, w / 24)),
                        kit.pick(
                                kit.facts().date() + ", " + kit.facts().time(),
                                kit.facts().street() + ", " + kit.word("city"),
                                kit.facts().domain(),
                                kit.word("signphrase"),
                                "Tickets from " + kit.facts().price("$"),
                                kit.facts().person())));
        int longest = title.stream().mapToInt(String::length).max().orElseThrow();
        double size = w * 1.28 / Math.max(6, longest);
        boolean isUpper = kit.chance(0.5);
        return Ground.any(kit, 0.5)
                + div(
                        "class='abs mid' data-label=poster style=\"left:%.0fpx;top:%.0fpx;width:%.0fpx;height:%.0fpx;padding:%.0fpx;background:%s;color:%s;font-family:%s;line-height:1.25;display:flex;flex-direction:column;justify-content:space-between;overflow:hidden;box-shadow:0 4px 16px rgba(0,0,0,.5);transform:rotate(%.1fdeg)\""
                                .formatted(
                                        (width - w) / 2,
                                        (height - h) / 2,
                                        w,
                                        h,
                                        w / 20,
                                        paper,
                                        ink,
                                        font,
                                        kit.chance(0.5) ? kit.real(-3, 3) : 0),
                        div(
                                "style='font-size:%.0fpx'".formatted(Math.max(11, w / 28)),
                                kit.facts().company()),
                        div(
                                "style='font-weight:700;font-size:%.0fpx;line-height:1.05'"
                                        .formatted(Math.min(size, h / 2.6 / title.size()) * (isUpper ? 0.8 : 1)),
                                Html.all(title, row -> div("", isUpper ? row.toUpperCase(Locale.ROOT) : row))),
                        picture,
                        div("", facts));
    }

    /** Words in rows of about so many letters. */
    private static List<String> rows(String words, int letters) {
        List<String> rows = new ArrayList<>(List.of(""));
        for (String word : words.split(" ")) {
            String row = rows.getLast();
            if (row.isEmpty() || row.length() + word.length() < letters) {
                rows.set(rows.size() - 1, row.isEmpty() ? word : row + " " + word);
            } else {
                rows.add(word);
            }
        }
        return rows;
    }

    /** Labels of goods: bottles, boxes, tins. */
    String label() {
        int count = kit.between(1, 3);
        double wide = width / (double) count;
        return Ground.any(kit, 0.3)
                + times(count, i -> {
                    double w = wide * kit.real(0.7, 0.9);
                    double h = height * kit.real(0.6, 0.9);
                    String pack = Look.hsl(Look.hue(kit), kit.between(20, 80), kit.between(25, 80));
                    boolean isDark = kit.chance(0.4);
                    String paper = isDark
                            ? Look.hsl(Look.hue(kit), 50, 20)
                            : kit.pick("#fff", "#fdf6e3", "#f4f1ea", "#ffe9a8");
                    double size = w / 11;
                    String barcode = kit.chance(0.5)
                            ? "<div style='margin:6px auto 0;width:%.0fpx;height:%.0fpx;background:repeating-linear-gradient(90deg,#000 0 2px,#fff 2px 3px,#000 3px 4px,#fff 4px 7px)'></div>"
                                    .formatted(w / 3, w / 7)
                            : "";
                    String content =
                            div("style='font-size:%.0fpx;font-weight:700'".formatted(size * 1.25), Signs.words(kit, 9))
                                    + div("", kit.word(kit.pick("food", "item")) + " & " + kit.word("food"))
                                    + div(
                                            "style='font-size:%.0fpx'".formatted(Math.max(10, size * 0.65)),
                                            div("", "Net weight " + kit.between(50, 950) + " g"),
                                            div("", "Best before " + kit.facts().date()),
                                            div("", "Made in " + kit.word("city")),
                                            div("", "Lot " + kit.facts().code()))
                                    + barcode;
                    return div(
                            "class=abs style='left:%.0fpx;top:%.0fpx;width:%.0fpx;height:%.0fpx;border-radius:%dpx;background:linear-gradient(90deg,rgba(0,0,0,.4),rgba(255,255,255,.25) 30%%,rgba(0,0,0,.35)),%s'"
                                    .formatted(
                                            i * wide + (wide - w) / 2,
                                            (height - h) / 2,
                                            w,
                                            h,
                                            kit.between(4, 40),
                                            pack),
                            div(
                                    "class='abs mid' data-label=label style=\"left:%.0fpx;top:%.0fpx;width:%.0fpx;padding:%.0fpx 4px;background:%s;color:%s;font:%.0fpx/1.35 %s;overflow:hidden;transform:%s\""
                                            .formatted(
                                                    w * 0.06,
                                                    h * kit.real(0.1, 0.3),
                                                    w * 0.88,
                                                    size,
                                                    paper,
                                                    isDark ? "#fff" : "#111",
                                                    size,
                                                    font(),
                                                    kit.chance(0.4)
                                                            ? "rotate(%.1fdeg)".formatted(kit.real(-4, 4))
                                                            : "none"),
                                    content));
                });
    }

    /** Notes and cards on a board, and number plates. */
    String notes() {
        int columns = width > 600 ? 3 : 2;
        int rows = 2;
        double wide = width / (double) columns;
        double tall = height / (double) rows;
        return Ground.any(kit, 0.35)
                + times(columns * rows, i -> {
                    double w = wide * kit.real(0.7, 0.88);
                    double size = w / kit.between(11, 15);
                    boolean isPlate = kit.chance(0.25);
                    String text = isPlate
                            ? div(
                                    "style='font-weight:700;font-size:%.0fpx;letter-spacing:.08em'".formatted(w / 8),
                                    kit.facts().code().replace('/', ' ').toUpperCase(Locale.ROOT))
                            : times(
                                    kit.between(2, 5),
                                    j -> div(
                                            "",
                                            kit.pick(
                                                    kit.prose().line("task", 20),
                                                    Signs.words(kit, 18),
                                                    kit.prose().line("chat", 20),
                                                    kit.facts().phone())));
                    String paper = isPlate
                            ? kit.pick("#fff", "#ffd83a", "#f2f2f2")
                            : Look.hsl(Look.hue(kit), kit.between(10, 90), kit.between(78, 96));
                    return div(
                            "class=abs data-label=%s style=\"left:%.0fpx;top:%.0fpx;width:%.0fpx;padding:%.0fpx;background:%s;color:%s;font:%.1fpx/1.4 %s;overflow:hidden;box-shadow:1px 3px 7px rgba(0,0,0,.4);transform:rotate(%.1fdeg);%s\""
                                    .formatted(
                                            isPlate ? "sign" : "label",
                                            i % columns * wide + wide * 0.06,
                                            i / columns * tall + tall * kit.real(0.06, 0.2),
                                            w,
                                            size,
                                            paper,
                                            kit.pick("#111", "#222", "#143a7a"),
                                            Math.max(11, size),
                                            font(),
                                            kit.real(-6, 6),
                                            isPlate ? "border:3px solid #222;border-radius:6px;text-align:center" : ""),
                            text);
                });
    }
}
