package ai.sphinxv.training.pages.mobile;

import static ai.sphinxv.training.pages.kit.Html.div;
import static ai.sphinxv.training.pages.kit.Html.span;
import static ai.sphinxv.training.pages.kit.Html.times;

import ai.sphinxv.training.pages.kit.Kit;
import ai.sphinxv.training.pages.kit.Look;
import ai.sphinxv.training.pages.kit.Ui;
import java.util.List;

/** Maps, articles, forms, galleries, the weather, orders, and dialogs over any screen. */
final class MoreScreens {
    private final Kit kit;
    private final Ui ui;
    private final Frame frame;

    MoreScreens(Kit kit, Ui ui, Frame frame) {
        this.kit = kit;
        this.ui = ui;
        this.frame = frame;
    }

    /** A question in the middle or a sheet from below; what it covers is no region. */
    String dialog(String screen) {
        boolean isSheet = kit.chance(0.5);
        List<String> actions = kit.words("ui.button", 4);
        String content = isSheet
                ? times(4, i -> ui.listItem(ui.anyIcon(22), actions.get(i), "", ""))
                : div(
                        "class='pad col' style='padding:20px'",
                        ui.heading("h3", kit.prose().line("task", 26) + "?"),
                        ui.text(kit.prose().sentence("help")),
                        div(
                                "class=row style='justify-content:flex-end'",
                                ui.button(kit.pick("Cancel", "Not now", "No"), "ghost"),
                                ui.button(actions.getFirst(), "")));
        String box = ui.card(
                "style='width:%s;box-shadow:0 8px 30px rgba(0,0,0,.5)'".formatted(isSheet ? "100%" : "82%"), content);
        return screen + div("class=over style='align-items:%s'".formatted(isSheet ? "flex-end" : "center"), box);
    }

    String map() {
        int width = frame.width();
        int height = frame.height();
        String roads = times(
                kit.between(6, 12),
                i -> "<path d='M%d %dL%d %d' stroke='%s' stroke-width='%d'/>"
                        .formatted(
                                kit.between(-50, width),
                                kit.between(-50, height),
                                kit.between(0, width + 50),
                                kit.between(0, height + 50),
                                kit.pick("#fff", "#fff", "#ffe28a"),
                                kit.between(4, 14)));
        String parks = times(
                kit.between(2, 5),
                i -> "<rect x='%d' y='%d' width='%d' height='%d' rx='12' fill='%s' transform='rotate(%d %d %d)'/>"
                        .formatted(
                                kit.between(0, width),
                                kit.between(0, height),
                                kit.between(40, 160),
                                kit.between(40, 160),
                                kit.pick("#c5e8c5", "#aadaff", "#e8e4dc"),
                                kit.between(0, 60),
                                width / 2,
                                height / 2));
        String pins = times(
                kit.between(2, 5),
                i -> div(
                        "style='position:absolute;left:%dpx;top:%dpx'"
                                .formatted(kit.between(20, width - 50), kit.between(110, height / 2)),
                        ui.icon(
                                "map pin",
                                kit.between(26, 38),
                                "color:" + ui.look().tint(75, 42))));
        String card = ui.card(
                "style='position:absolute;left:12px;right:12px;bottom:14px;box-shadow:0 3px 12px rgba(0,0,0,.3)'",
                div(
                        "class='row pad'",
                        ui.image(72, 72, "border-radius:var(--r)"),
                        div(
                                "class='grow col' style='gap:.1em'",
                                ui.heading("h3", kit.facts().company()),
                                ui.muted(kit.facts().street()),
                                ui.stars())),
                div(
                        "class='row pad'",
                        ui.button("Get directions", ""),
                        ui.button(kit.pick("Call now", "Save", "Share"), "second")));
        return frame.statusBar()
                + div(
                        "class=main",
                        "<svg style='position:absolute' width='%1$d' height='%2$d'><rect width='100%%' height='100%%' fill='#eceae4'/>%3$s%4$s</svg>"
                                .formatted(width, height, parks, roads),
                        pins,
                        div(
                                "style='position:absolute;left:12px;right:12px;top:12px'",
                                ui.search("box-shadow:0 2px 8px rgba(0,0,0,.3)")),
                        card)
                + (kit.chance(0.5) ? frame.bottom() : "");
    }

    String article() {
        String person = kit.facts().person();
        return frame.screen(
                kit.word("ui.nav"),
                true,
                kit.chance(0.7) ? ui.image(0, kit.between(150, 230), "") : "",
                div(
                        "class='pad col'",
                        ui.badge(),
                        ui.heading("h1", kit.prose().sentence("headline")),
                        div(
                                "class=row",
                                ui.avatar(person, 34),
                                div(
                                        "class='grow col' style='gap:0'",
                                        span("", person),
                                        ui.muted(kit.facts().date())),
                                ui.icon("bookmark", 20),
                                ui.icon("share", 20)),
                        times(4, i -> ui.text(kit.prose().paragraph("news", 3)))));
    }

    String form() {
        List<String> names = kit.words("ui.field", 7);
        List<String> choices = kit.words("ui.choice", 6);
        return frame.screen(
                kit.pick("Edit profile", "New task", "Address", "Payment", "Book a table", "Checkout"),
                true,
                div(
                        "class='pad col' style='gap:12px'",
                        kit.chance(0.3) ? div("class=row", ui.progress(), ui.muted("2 of 3")) : "",
                        times(kit.between(3, 6), i -> ui.field(names.get(i))),
                        ui.dropdown(choices.get(0), ""),
                        ui.radios(choices.subList(1, kit.between(3, 4))),
                        div("class='row between'", span("", kit.word("ui.setting")), ui.toggle()),
                        ui.checkbox(choices.get(5)),
                        div("class=row", ui.slider()),
                        ui.button(kit.pick("Save", "Continue", "Submit", "Pay now", "Confirm"), "wide")));
    }

    String gallery() {
        int columns = kit.between(2, 4);
        int side = frame.width() / columns;
        String pictures = div(
                "class=grid style='grid-template-columns:repeat(%d,1fr);gap:%dpx'"
                        .formatted(columns, kit.between(2, 8)),
                times(columns * (frame.height() / side), i -> ui.image(0, side - 4, "")));
        return frame.screen(
                kit.pick("Photos", "Gallery", "Albums", kit.word("city")),
                kit.chance(0.4),
                div(
                        "class=pad style='padding-bottom:6px'",
                        kit.chance(0.5)
                                ? ui.tabs()
                                : ui.heading("h3", kit.facts().date())),
                pictures);
    }

    String weather() {
        String sky = Look.hsl(kit.between(195, 235), kit.between(40, 75), kit.between(30, 60));
        String now = div(
                "class='col center' style='padding:20px;align-items:center;color:#fff'",
                span("style='font-size:1.4em'", kit.word("city")),
                ui.icon(kit.pick("sun", "cloud", "moon"), 72),
                span("style='font-size:3.6em;line-height:1.1'", kit.between(-9, 38) + "°"),
                span("", kit.pick("Sunny", "Cloudy", "Clear", "Light rain", "Windy")));
        String hours = div(
                "class='row pad' style='justify-content:space-between;color:#fff'",
                times(
                        5,
                        i -> div(
                                "class=tile",
                                span("class=small", "%d:00".formatted(8 + 3 * i)),
                                ui.icon(kit.pick("sun", "cloud"), 22),
                                span("", kit.between(-9, 38) + "°"))));
        String days = div(
                "class=pad",
                ui.card(
                        "",
                        times(
                                6,
                                i -> ui.listItem(
                                        ui.icon(kit.pick("sun", "cloud", "lightning"), 22),
                                        kit.facts().day(),
                                        "",
                                        span("", kit.between(10, 30) + "° / " + kit.between(-5, 9) + "°")))));
        return div("style='background:%s;color:#fff'".formatted(sky), frame.statusBar(), now, hours)
                + div("class=main", days)
                + (kit.chance(0.5) ? frame.bottom() : "");
    }

    String order() {
        String steps = times(
                4,
                i -> div(
                        "class=row",
                        "<span style='width:14px;height:14px;border-radius:50%%;background:%s'></span>"
                                .formatted(i < 2 ? "var(--accent)" : "var(--sw-off)"),
                        div(
                                "class='col grow' style='gap:0;padding:6px 0'",
                                span(
                                        "",
                                        List.of("Order placed", "Packed", "On the way", "Delivered")
                                                .get(i)),
                                ui.muted(kit.facts().date() + ", " + kit.facts().time()))));
        String items = times(
                kit.between(2, 3),
                i -> ui.listItem(
                        ui.image(54, 54, "border-radius:var(--r)"),
                        kit.prose().line("product", 22),
                        kit.word("ui.choice"),
                        span("", ui.price())));
        return frame.screen(
                "Order " + kit.facts().code(),
                true,
                div(
                        "class='pad col'",
                        ui.card(
                                "",
                                div(
                                        "class='pad col'",
                                        div("class='row between'", ui.heading("h3", "Delivery"), ui.badge()),
                                        div("class=row", ui.progress()),
                                        steps)),
                        ui.card("", items),
                        div("class='row between'", span("", "Total"), span("style='font-weight:700'", ui.price())),
                        div(
                                "class=row",
                                ui.icon("truck", 22),
                                ui.muted(kit.facts().street() + ", " + kit.word("city"))),
                        div(
                                "class=row",
                                ui.button(kit.pick("Track order", "Contact us"), ""),
                                ui.button("Cancel", "second"))));
    }
}
