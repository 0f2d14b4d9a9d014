package ai.sphinxv.training.pages.scene;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Look;
import java.util.Locale;

/** Menus, tickets, badges, displays, newspapers. */
final class Prints {
    private final Kit kit;
    private final int width;
    private final int height;

    Prints(Kit kit, int width, int height) {
        this.kit = kit;
        this.width = width;
        this.height = height;
    }

    private String font() {
        var fonts = kit.materials().fonts();
        return "'" + kit.pick(kit.pick(fonts.sans()), kit.pick(fonts.serif()), kit.pick(fonts.display())) + "'";
    }

    /** Dishes and prices, on paper or a blackboard. */
    String menu() {
        boolean isBoard = kit.chance(0.5);
        double size = Math.min(height / 21.0, width / 26.0) * kit.real(0.85, 1.05);
        String sign = kit.facts().currency();
        String title = div(
                "class=mid style='font-size:%.0fpx;font-weight:700'".formatted(size * 1.7),
                kit.pick(
                        "Menu",
                        "MENU",
                        "Today",
                        "Specials",
                        "Lunch",
                        "Drinks",
                        kit.facts().brand()));
        String dishes = times(
                kit.between(6, 11),
                i -> div(
                        "class=row",
                        span("", capital(kit.word("adj")) + " " + kit.word("food")),
                        span(
                                "",
                                kit.chance(0.7)
                                        ? kit.facts().price(sign)
                                        : kit.facts().decimal(kit.real(2, 30), 2))));
        String look = isBoard
                ? "background:#2b2f2b;color:#f3f1e7;border:%.0fpx solid #6b4423".formatted(size * 0.7)
                : "background:%s;color:%s"
                        .formatted(kit.pick("#fff", "#fbf4e2", "#f3e9d2"), kit.pick("#222", "#4a1d12", "#13314f"));
        double w = width * kit.real(0.75, 0.95);
        return Ground.any(kit, 0.4)
                + div(
                        "class=abs data-label=sign style=\"left:%.0fpx;top:%.0fpx;width:%.0fpx;padding:%.0fpx %.0fpx;font:%.1fpx/1.5 %s;%s;transform:rotate(%.1fdeg)\""
                                .formatted(
                                        (width - w) / 2,
                                        height * 0.03,
                                        w,
                                        size,
                                        size * 1.4,
                                        size,
                                        font(),
                                        look,
                                        kit.real(-2, 2)),
                        title,
                        dishes);
    }

    /** A boarding pass, a seat, a parcel: small facts with their names above them. */
    String ticket() {
        double w = Math.min(width * 0.92, 760);
        double size = w / 30;
        String accent = Look.hsl(Look.hue(kit), 65, kit.between(22, 42));
        String[] names = {"Name", "From", "To", "Date", "Seat", "Gate", "Time", "Class", "Number"};
        String facts = times(
                9,
                i -> div(
                        "style='width:33%%;margin-bottom:%.0fpx'".formatted(size * 0.7),
                        div(
                                "style='font-size:%.1fpx;color:#555'".formatted(Math.max(10, size * 0.62)),
                                names[i].toUpperCase(Locale.ROOT)),
                        div("style='font-weight:700'", fact(names[i]))));
        String barcode =
                "<div style='height:%.0fpx;background:repeating-linear-gradient(90deg,#000 0 2px,#fff 2px 3px,#000 3px 6px,#fff 6px 7px,#000 7px 8px,#fff 8px 11px)'></div>"
                        .formatted(size * 2);
        return Ground.any(kit, 0.4)
                + div(
                        "class=abs data-label=label style=\"left:%.0fpx;top:%.0fpx;width:%.0fpx;background:#fff;color:#111;border-radius:8px;overflow:hidden;font:%.1fpx/1.3 %s;box-shadow:0 3px 12px rgba(0,0,0,.45);transform:%s\""
                                .formatted(
                                        (width - w) / 2,
                                        height * kit.real(0.08, 0.2),
                                        w,
                                        size,
                                        font(),
                                        kit.chance(0.6)
                                                ? "rotate(%.1fdeg)".formatted(kit.real(-5, 5))
                                                : Signs.bend(kit)),
                        div(
                                "class=row style='background:%s;color:#fff;padding:%.0fpx;font-weight:700'"
                                        .formatted(accent, size * 0.6),
                                span("", kit.facts().company()),
                                span("", kit.pick("Boarding pass", "Ticket", "Admit one", "Express", "Return"))),
                        div("style='display:flex;flex-wrap:wrap;padding:%.0fpx'".formatted(size * 0.8), facts),
                        div("style='padding:0 %1$.0fpx %1$.0fpx'".formatted(size * 0.8), barcode));
    }

    private String fact(String name) {
        return switch (name) {
            case "Name" -> kit.word("last");
            case "From", "To" -> kit.word("city");
            case "Date" -> kit.facts().date();
            case "Time" -> kit.facts().time();
            case "Class" -> kit.pick("Economy", "Second", "First", "B");
            case "Number" -> kit.facts().code();
            default -> kit.between(1, 48) + kit.pick("A", "B", "C", "D", "");
        };
    }

    /** Glowing rows, as in stations. */
    String display() {
        double size = Math.min(height / 15.0, width / 30.0);
        String light = kit.pick("#ffb000", "#ff3b30", "#37e05a", "#e8f4ff", "#ffe94d");
        String rows = times(
                kit.between(4, 8),
                i -> div(
                        "class=row style='gap:%.0fpx'".formatted(size),
                        span(
                                "style='width:%.0fpx'".formatted(size * 4),
                                "%02d:%02d".formatted(kit.between(0, 23), kit.between(0, 59))),
                        span("style='flex:1'", kit.word("city").toUpperCase(Locale.ROOT)),
                        span(
                                "style='width:%.0fpx'".formatted(size * 4),
                                kit.pick(
                                        "On time",
                                        "Delayed",
                                        "Gate " + kit.between(1, 40),
                                        "Platf " + kit.between(1, 20)))));
        return Ground.any(kit, 0.5)
                + div(
                        "class=abs data-label=sign data-color=bg style=\"left:%.0fpx;top:%.0fpx;width:%.0fpx;padding:%.0fpx;background:#0b0b0d;color:%s;font:%.1fpx/1.6 '%s';border:6px solid #333;text-shadow:0 0 6px %s;transform:%s\""
                                .formatted(
                                        width * 0.04,
                                        height * kit.real(0.05, 0.25),
                                        width * 0.9,
                                        size,
                                        light,
                                        size,
                                        kit.pick(kit.materials().fonts().mono()),
                                        light,
                                        kit.chance(0.5) ? Signs.bend(kit) : "none"),
                        div(
                                "style='font-weight:700'",
                                kit.pick("DEPARTURES", "ARRIVALS", "Departures", "Next trains", "Buses")),
                        rows);
    }

    /** A newspaper's upper part: a name, a headline, columns of small print. */
    String newspaper() {
        double w = width * kit.real(0.85, 0.98);
        double size = w / kit.real(42, 55);
        String serif = "'" + kit.pick(kit.materials().fonts().serif()) + "'";
        String column = "<p style='white-space:normal;text-align:justify'>"
                + kit.prose().paragraph("news", 7) + "</p>";
        String columns = div(
                "style='display:flex;gap:%.0fpx'".formatted(size),
                times(
                        3,
                        i -> div(
                                "style='flex:1;white-space:normal'",
                                i == 0 || kit.chance(0.5)
                                        ? ""
                                        : "<b style='display:block;font-size:1.3em'>"
                                                + kit.prose().line("headline", 24) + "</b>",
                                column)));
        return Ground.any(kit, 0.3)
                + div(
                        "class=abs style=\"left:%.0fpx;top:%.0fpx;width:%.0fpx;height:%dpx;padding:%.0fpx;overflow:hidden;background:%s;color:#1c1c1c;font:%.1fpx/1.3 %s;transform:rotate(%.1fdeg)\""
                                .formatted(
                                        (width - w) / 2,
                                        height * 0.02,
                                        w,
                                        height,
                                        size * 1.5,
                                        kit.pick("#f4f0e6", "#fff", "#e9e4d8"),
                                        Math.max(10, size),
                                        serif,
                                        kit.real(-2.5, 2.5)),
                        div(
                                "class=mid style='font-size:%.0fpx;font-weight:700;border-bottom:2px solid'"
                                        .formatted(size * 3.2),
                                "The " + kit.word("city") + " "
                                        + kit.pick("Times", "Post", "Herald", "Courier", "News")),
                        div(
                                "class=row style='border-bottom:1px solid'",
                                span("", kit.facts().day() + ", " + kit.facts().date()),
                                span("", kit.facts().price("$"))),
                        div(
                                "style='font-size:%.0fpx;font-weight:700;line-height:1.1;white-space:normal;margin:%.0fpx 0'"
                                        .formatted(size * 2.4, size / 2),
                                kit.prose().sentence("headline")),
                        columns);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
